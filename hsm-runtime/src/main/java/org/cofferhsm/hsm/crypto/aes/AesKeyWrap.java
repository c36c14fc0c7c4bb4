package org.cofferhsm.hsm.crypto.aes;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Cipher;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.crypto.SecretKeys;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.key.SecretBytes;

/**
 * AES key wrap, for keys only (SP 800-38F, PKCS#11 v3.1 §6.18): CKM_AES_KEY_WRAP without padding (RFC 3394, KW) takes
 * keys of 16 bytes or more in steps of 8, CKM_AES_KEY_WRAP_KWP with padding (RFC 5649) takes any.
 */
public final class AesKeyWrap extends Mechanism {

    private static final int HALF_BLOCK = 8;

    private final CipherPool unpadded;
    private final CipherPool padded;

    public AesKeyWrap(Engine engine) {
        this.unpadded = new CipherPool(engine, "AES/KW/NoPadding");
        this.padded = new CipherPool(engine, "AES/KWP/NoPadding");
    }

    @Override
    public List<MechanismInfo> infos() {
        return List.of(info(MechanismType.AES_KEY_WRAP), info(MechanismType.AES_KEY_WRAP_KWP));
    }

    private static MechanismInfo info(MechanismType type) {
        return new MechanismInfo(type, Set.of(Operation.WRAP, Operation.UNWRAP), Set.of(KeyType.AES), 128, 256);
    }

    /** RFC 3394 §4.3 and RFC 5649 §6's second example. */
    @Override
    public void selfTest(MechanismInfo mechanism) {
        if (mechanism.type() == MechanismType.AES_KEY_WRAP) {
            check(
                    mechanism,
                    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                    "00112233445566778899aabbccddeeff",
                    "64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7");
        } else {
            check(
                    mechanism,
                    "5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8",
                    "466f7250617369",
                    "afbeb0f07dfbf5419200f2ccb50bb24f");
        }
    }

    private void check(MechanismInfo mechanism, String keyHex, String payload, String wrapped) {
        HexFormat hex = HexFormat.of();
        EngineKey key = SecretKeys.owning(KeyType.AES, hex.parseHex(keyHex));
        Algorithm algorithm = Algorithm.of(mechanism.type());
        expect(mechanism, wrapped, wrap(key, algorithm, SecretBytes.owning(hex.parseHex(payload))));
        unwrap(key, algorithm, hex.parseHex(wrapped)).use(unwrapped -> {
            expect(mechanism, payload, unwrapped);
            return unwrapped;
        });
    }

    @Override
    public byte[] wrap(EngineKey key, Algorithm algorithm, SecretBytes payload) {
        parameters(algorithm, Parameters.None.class);
        requireFitting(algorithm, payload.length());
        return payload.use(bytes -> wrap(key, algorithm, bytes));
    }

    private byte[] wrap(EngineKey key, Algorithm algorithm, byte[] payload) {
        try {
            return ciphers(algorithm).apply(Cipher.ENCRYPT_MODE, key, null, payload);
        } catch (GeneralSecurityException e) {
            throw HsmException.internal("the engine refused to wrap a key of a checked length")
                    .causedBy(e);
        }
    }

    @Override
    public SecretBytes unwrap(EngineKey key, Algorithm algorithm, byte[] wrapped) {
        parameters(algorithm, Parameters.None.class);
        requireWrapped(algorithm, wrapped.length);
        try {
            return SecretBytes.owning(ciphers(algorithm).apply(Cipher.DECRYPT_MODE, key, null, wrapped));
        } catch (GeneralSecurityException e) {
            throw HsmException.wrappedKeyInvalid(
                            "the wrapped key was altered, or was not wrapped under this key by " + algorithm)
                    .causedBy(e);
        }
    }

    @Override
    public void forget() {
        unpadded.forget();
        padded.forget();
    }

    private CipherPool ciphers(Algorithm algorithm) {
        return isPadded(algorithm) ? padded : unpadded;
    }

    private static boolean isPadded(Algorithm algorithm) {
        return algorithm.type() == MechanismType.AES_KEY_WRAP_KWP;
    }

    private static void requireFitting(Algorithm algorithm, int bytes) {
        if (isPadded(algorithm) ? bytes == 0 : bytes < 2 * HALF_BLOCK || bytes % HALF_BLOCK != 0) {
            throw HsmException.dataLengthRange(algorithm + " does not wrap a key that is encoded in " + bytes
                    + " bytes; " + MechanismType.AES_KEY_WRAP_KWP + " wraps keys of every length but 0");
        }
    }

    private static void requireWrapped(Algorithm algorithm, int bytes) {
        int least = isPadded(algorithm) ? 2 * HALF_BLOCK : 3 * HALF_BLOCK;
        if (bytes < least || bytes % HALF_BLOCK != 0) {
            throw HsmException.wrappedKeyInvalid(
                    "a key wrapped by " + algorithm + " has " + least + " bytes or more, in steps of 8, not " + bytes);
        }
    }
}
