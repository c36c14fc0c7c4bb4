package org.cofferhsm.hsm.crypto.kdf;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.crypto.SecretKeys;
import org.cofferhsm.hsm.crypto.SignStream;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.key.SecretBytes;

/**
 * Key derivation in counter mode: CKM_SP800_108_COUNTER_KDF (SP 800-108r1 §4.1, PKCS#11 v3.1 §6.42), the counter before
 * the fixed input. The pseudorandom function is HMAC, under a generic secret, a key for that HMAC or an AES key, or
 * AES-CMAC under an AES key.
 */
public final class CounterKdf extends Mechanism {

    private final Mechanism hmac;
    private final Mechanism aesCmac;

    public CounterKdf(Mechanism hmac, Mechanism aesCmac) {
        this.hmac = hmac;
        this.aesCmac = aesCmac;
    }

    @Override
    public List<MechanismInfo> infos() {
        return List.of(new MechanismInfo(
                MechanismType.SP800_108_COUNTER_KDF,
                Set.of(Operation.DERIVE),
                Set.of(
                        KeyType.AES,
                        KeyType.GENERIC_SECRET,
                        KeyType.SHA1_HMAC,
                        KeyType.SHA256_HMAC,
                        KeyType.SHA384_HMAC,
                        KeyType.SHA512_HMAC),
                8,
                SecretKeys.MAX_BYTES * 8));
    }

    /** NIST CAVP, KDFCTR: HMAC_SHA256 with a 32-bit counter and CMAC_AES128 with an 8-bit one. */
    @Override
    public void selfTest(MechanismInfo mechanism) {
        check(
                mechanism,
                key(KeyType.GENERIC_SECRET, "dd1d91b7d90b2bd3138533ce92b272fbf8a369316aefe242e659cc0ae238afe0"),
                new Parameters.CounterKdf(
                        MechanismType.SHA256_HMAC,
                        32,
                        Octets.ofHex("01322b96b30acd197979444e468e1c5c6859bf1b1cf951b7e725303e237e46b864a145fab25e517b"
                                + "08f8683d0315bb2911d80a0e8aba17f3b413faac")),
                "10621342bfb0fd40046c0e29f2cfdbf0");
        check(
                mechanism,
                key(KeyType.AES, "682e814d872397eba71170a693514904"),
                new Parameters.CounterKdf(
                        MechanismType.AES_CMAC,
                        8,
                        Octets.ofHex("e323cdfa7873a0d72cd86ffb4468744f097db60498f7d0e3a43bafd2d1af675e4a88338723b12361"
                                + "99705357c47bf1d89b2f4617a340980e6331625c")),
                "dac9b6ca405749cfb065a0f1e42c7c4224d3d5db32fdafe9dee6ca193316f2c7");
    }

    private void check(MechanismInfo mechanism, EngineKey key, Parameters.CounterKdf parameters, String knownAnswer) {
        SecretBytes derived = derive(key, new Algorithm(mechanism.type(), parameters), knownAnswer.length() / 2);
        derived.use(bytes -> {
            expect(mechanism, knownAnswer, bytes);
            return bytes;
        });
    }

    private static EngineKey key(KeyType type, String hex) {
        return SecretKeys.owning(type, HexFormat.of().parseHex(hex));
    }

    @Override
    public SecretBytes derive(EngineKey key, Algorithm algorithm, int bytes) {
        Parameters.CounterKdf parameters = parameters(algorithm, Parameters.CounterKdf.class);
        Mechanism prf = prf(parameters.prf(), key.type());
        requireCounter(parameters.counterBits());
        byte[] block = block(prf, key, parameters, 1);
        byte[] output = new byte[bytes == 0 ? block.length : bytes];
        requireBlocks(parameters.counterBits(), output.length, block.length);
        for (int done = 0, counter = 1; done < output.length; done += block.length) {
            System.arraycopy(block, 0, output, done, Math.min(block.length, output.length - done));
            Arrays.fill(block, (byte) 0);
            block = block(prf, key, parameters, ++counter);
        }
        Arrays.fill(block, (byte) 0);
        return SecretBytes.owning(output);
    }

    /** K(i) = PRF(key, [i] || fixed input). */
    private static byte[] block(Mechanism prf, EngineKey key, Parameters.CounterKdf parameters, int counter) {
        int counterBytes = parameters.counterBits() / 8;
        byte[] number = ByteBuffer.allocate(Integer.BYTES).putInt(counter).array();
        byte[] fixed = parameters.fixedInput().toByteArray();
        SignStream mac = prf.startSign(key, Algorithm.of(parameters.prf()));
        mac.update(number, Integer.BYTES - counterBytes, counterBytes);
        mac.update(fixed, 0, fixed.length);
        return mac.finish();
    }

    private Mechanism prf(MechanismType type, KeyType keyType) {
        Mechanism family = type == MechanismType.AES_CMAC ? aesCmac : hmac;
        MechanismInfo info = family.infos().stream()
                .filter(candidate -> candidate.type() == type)
                .findFirst()
                .orElseThrow(() -> HsmException.mechanismParameterInvalid("a counter KDF's pseudorandom function is"
                        + " SHA_1_HMAC, SHA224_HMAC … SHA512_HMAC or AES_CMAC, not " + type));
        if (!info.keyTypes().contains(keyType) && !(family == hmac && keyType == KeyType.AES)) {
            throw HsmException.keyTypeInconsistent(
                    "a counter KDF with " + type + " does not take keys of type " + keyType);
        }
        return family;
    }

    private static void requireCounter(int bits) {
        if (bits < 8 || bits > 32 || bits % 8 != 0) {
            throw HsmException.mechanismParameterInvalid(
                    "the counter of a counter KDF has 8, 16, 24 or 32 bits, not " + bits);
        }
    }

    private static void requireBlocks(int counterBits, long bytes, int blockBytes) {
        long most = ((1L << counterBits) - 1) * blockBytes;
        if (bytes < 0 || bytes > most) {
            throw HsmException.keySizeRange("a counter KDF with a counter of " + counterBits + " bits gives at most "
                    + most + " bytes, not " + bytes);
        }
    }
}
