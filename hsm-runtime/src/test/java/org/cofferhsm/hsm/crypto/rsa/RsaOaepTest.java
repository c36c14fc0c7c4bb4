package org.cofferhsm.hsm.crypto.rsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Pairs.hex;
import static org.cofferhsm.hsm.crypto.Pairs.refused;

import java.security.spec.MGF1ParameterSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.Pairs;
import org.cofferhsm.hsm.crypto.TestEngine;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.key.SecretBytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

class RsaOaepTest {

    private static Algorithm oaep(Hash hash, Hash mgf, byte[] label) {
        return new Algorithm(MechanismType.RSA_PKCS_OAEP, new Parameters.Oaep(hash, mgf, Octets.of(label)));
    }

    @ParameterizedTest(name = "{1} {2}")
    @CsvFileSource(resources = "/vectors/rsa-oaep.csv", useHeadersInDisplayName = true)
    void decryptsAsPublished(String privateKey, String message, @Nullable String label, String ciphertext) {
        for (TestEngine engine : TestEngine.values()) {
            EngineKey key =
                    new RsaKeyCodec(engine.engine()).decode(ObjectClass.PRIVATE_KEY, KeyType.RSA, hex(privateKey));
            Algorithm algorithm = oaep(Hash.SHA256, Hash.SHA1, hex(label));
            assertThat(new RsaOaep(engine.engine()).decrypt(key, algorithm, hex(ciphertext)))
                    .isEqualTo(hex(message));
        }
    }

    @ParameterizedTest
    @EnumSource
    void passesItsSelfTests(TestEngine engine) {
        Pairs.passesItsSelfTests(new RsaOaep(engine.engine()));
    }

    @ParameterizedTest
    @EnumSource
    void understandsTheJdkAndBouncyCastle(TestEngine engine) throws Exception {
        EngineKeyPair pair = RsaPairs.known(engine);
        RsaOaep family = new RsaOaep(engine.engine());
        byte[] label = {1, 2, 3};
        byte[] data = new byte[60];
        for (Hash hash : Hash.values()) {
            for (Hash mgf : Hash.values()) {
                for (Cipher other : List.of(
                        Cipher.getInstance("RSA/ECB/OAEPPadding", "SunJCE"),
                        Cipher.getInstance("RSA/ECB/OAEPPadding", new BouncyCastleProvider()))) {
                    OAEPParameterSpec spec = new OAEPParameterSpec(
                            hash.standardName(),
                            "MGF1",
                            new MGF1ParameterSpec(mgf.standardName()),
                            new PSource.PSpecified(label));
                    other.init(Cipher.ENCRYPT_MODE, pair.publicKey().jca(), spec);
                    Algorithm algorithm = oaep(hash, mgf, label);
                    assertThat(family.decrypt(pair.privateKey(), algorithm, other.doFinal(data)))
                            .isEqualTo(data);
                    other.init(Cipher.DECRYPT_MODE, pair.privateKey().jca(), spec);
                    byte[] ours = family.encrypt(pair.publicKey(), algorithm, data);
                    assertThat(other.doFinal(ours)).isEqualTo(data);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesWhatFitsAndNoMore(TestEngine engine) {
        EngineKeyPair pair = RsaPairs.known(engine);
        RsaOaep family = new RsaOaep(engine.engine());
        for (int length : new int[] {0, 1, 189, 190}) {
            byte[] data = new byte[length];
            byte[] ciphertext = family.encrypt(pair.publicKey(), Algorithm.RSA_OAEP_SHA256, data);
            assertThat(family.decrypt(pair.privateKey(), Algorithm.RSA_OAEP_SHA256, ciphertext))
                    .isEqualTo(data);
        }
        refused(
                Reason.DATA_LENGTH_RANGE,
                () -> family.encrypt(pair.publicKey(), Algorithm.RSA_OAEP_SHA256, new byte[191]));
    }

    @ParameterizedTest
    @EnumSource
    void givesOneErrorForEveryBadCiphertext(TestEngine engine) {
        EngineKeyPair pair = RsaPairs.known(engine);
        RsaOaep family = new RsaOaep(engine.engine());
        byte[] good = family.encrypt(pair.publicKey(), Algorithm.RSA_OAEP_SHA256, new byte[16]);
        byte[] otherHash = family.encrypt(pair.publicKey(), Algorithm.rsaOaep(Hash.SHA1), new byte[16]);
        byte[] otherLabel =
                family.encrypt(pair.publicKey(), oaep(Hash.SHA256, Hash.SHA256, new byte[] {1}), new byte[16]);
        byte[] notZeroFirst = new byte[256];
        notZeroFirst[0] = 1;
        byte[] tooLarge = new RsaRaw(engine.engine())
                .encrypt(pair.publicKey(), Algorithm.of(MechanismType.RSA_X_509), notZeroFirst);
        byte[] ones = new byte[256];
        java.util.Arrays.fill(ones, (byte) 0xff);
        good[100] ^= 1;
        Set<String> messages = new HashSet<>();
        for (byte[] bad : List.of(
                good,
                otherHash,
                otherLabel,
                tooLarge,
                ones,
                new byte[256],
                new byte[255],
                new byte[257],
                new byte[0])) {
            HsmException decrypting = refused(
                    Reason.ENCRYPTED_DATA_INVALID,
                    () -> family.decrypt(pair.privateKey(), Algorithm.RSA_OAEP_SHA256, bad));
            HsmException unwrapping = refused(
                    Reason.WRAPPED_KEY_INVALID, () -> family.unwrap(pair.privateKey(), Algorithm.RSA_OAEP_SHA256, bad));
            assertThat(decrypting).hasNoCause();
            assertThat(unwrapping).hasNoCause();
            messages.add(decrypting.getMessage() + unwrapping.getMessage());
        }
        assertThat(messages).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void wrapsAndUnwraps(TestEngine engine) throws Exception {
        EngineKeyPair pair = OddModulus.pair(engine);
        RsaOaep family = new RsaOaep(engine.engine());
        try (SecretBytes payload = SecretBytes.copyOf(new byte[32]);
                SecretBytes back = family.unwrap(
                        pair.privateKey(),
                        Algorithm.RSA_OAEP_SHA256,
                        family.wrap(pair.publicKey(), Algorithm.RSA_OAEP_SHA256, payload))) {
            assertThat(back.sameAs(payload)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void needsItsParameters(TestEngine engine) {
        refused(
                Reason.MECHANISM_PARAMETER_INVALID,
                () -> new RsaOaep(engine.engine())
                        .encrypt(
                                RsaPairs.known(engine).publicKey(),
                                Algorithm.of(MechanismType.RSA_PKCS_OAEP),
                                new byte[1]));
    }
}
