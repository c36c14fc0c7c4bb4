package org.cofferhsm.hsm.crypto.rsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Pairs.hex;
import static org.cofferhsm.hsm.crypto.Pairs.refused;

import java.security.PrivateKey;
import java.security.Signature;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.crypto.Cipher;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.crypto.Pairs;
import org.cofferhsm.hsm.crypto.TestEngine;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

class RsaPkcs1Test {
    private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final byte[] DATA = "what is signed".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    @ParameterizedTest(name = "{0} {2} {4}")
    @CsvFileSource(resources = "/vectors/rsa-verify.csv", useHeadersInDisplayName = true)
    void verifiesAsPublished(MechanismType type, String publicKey, String message, String signature, boolean valid) {
        for (TestEngine engine : TestEngine.values()) {
            EngineKey key =
                    new RsaKeyCodec(engine.engine()).decode(ObjectClass.PUBLIC_KEY, KeyType.RSA, hex(publicKey));
            Mechanism family = new RsaPkcs1(engine.engine());
            if (type == MechanismType.SHA256_RSA_PKCS_PSS) {
                family = new RsaPss(engine.engine());
            }
            assertThat(family.verify(key, Algorithm.of(type), hex(message), hex(signature)))
                    .isEqualTo(valid);
        }
    }

    @ParameterizedTest
    @EnumSource
    void passesItsSelfTests(TestEngine engine) {
        Pairs.passesItsSelfTests(new RsaPkcs1(engine.engine()));
    }

    @ParameterizedTest
    @EnumSource
    void signsAsBouncyCastleDoes(TestEngine engine) throws Exception {
        EngineKeyPair pair = RsaPairs.known(engine);
        for (String hash : List.of("SHA1", "SHA224", "SHA256", "SHA384", "SHA512")) {
            Signature other = Signature.getInstance(hash + "withRSA", BOUNCY_CASTLE);
            other.initSign((PrivateKey) pair.privateKey().jca());
            other.update(DATA);
            Algorithm algorithm = Algorithm.of(MechanismType.valueOf(hash + "_RSA_PKCS"));
            assertThat(new RsaPkcs1(engine.engine()).sign(pair.privateKey(), algorithm, DATA))
                    .isEqualTo(other.sign());
        }
    }

    @ParameterizedTest
    @EnumSource
    void signsAnyDataThatFits(TestEngine engine) throws Exception {
        EngineKeyPair pair = RsaPairs.known(engine);
        RsaPkcs1 family = new RsaPkcs1(engine.engine());
        for (int length : new int[] {0, 1, 51, 244, 245}) {
            byte[] data = new byte[length];
            Signature other = Signature.getInstance("NONEwithRSA", BOUNCY_CASTLE);
            other.initSign((PrivateKey) pair.privateKey().jca());
            other.update(data);
            byte[] signature = family.sign(pair.privateKey(), Algorithm.RSA_PKCS, data);
            assertThat(signature).isEqualTo(other.sign());
            assertThat(family.verify(pair.publicKey(), Algorithm.RSA_PKCS, data, signature))
                    .isTrue();
        }
        refused(Reason.DATA_LENGTH_RANGE, () -> family.sign(pair.privateKey(), Algorithm.RSA_PKCS, new byte[246]));
        refused(Reason.MECHANISM_INVALID, () -> family.startSign(pair.privateKey(), Algorithm.RSA_PKCS));
        refused(Reason.MECHANISM_INVALID, () -> family.startVerify(pair.publicKey(), Algorithm.RSA_PKCS));
    }

    @ParameterizedTest
    @EnumSource
    void signsInPieces(TestEngine engine) {
        Pairs.signsInPiecesAsInOne(new RsaPkcs1(engine.engine()), Algorithm.SHA256_RSA_PKCS, RsaPairs.known(engine));
    }

    @ParameterizedTest
    @EnumSource
    void refusesAlteredSignatures(TestEngine engine) {
        RsaPkcs1 family = new RsaPkcs1(engine.engine());
        Pairs.refusesAlteredSignatures(family, Algorithm.SHA512_RSA_PKCS, RsaPairs.known(engine), DATA);
        Pairs.refusesAlteredSignatures(family, Algorithm.RSA_PKCS, RsaPairs.known(engine), DATA);
    }

    @ParameterizedTest
    @EnumSource
    void servesEightThreads(TestEngine engine) throws Exception {
        Pairs.servesEightThreads(new RsaPkcs1(engine.engine()), Algorithm.SHA256_RSA_PKCS, RsaPairs.known(engine));
    }

    @ParameterizedTest
    @EnumSource
    void opensWhatAnotherProviderEncrypted(TestEngine engine) throws Exception {
        EngineKeyPair pair = RsaPairs.known(engine);
        RsaPkcs1 family = new RsaPkcs1(engine.engine());
        Cipher other = Cipher.getInstance("RSA/ECB/PKCS1Padding", BOUNCY_CASTLE);
        other.init(Cipher.ENCRYPT_MODE, pair.publicKey().jca());
        assertThat(family.decrypt(pair.privateKey(), Algorithm.RSA_PKCS, other.doFinal(DATA)))
                .isEqualTo(DATA);
        other.init(Cipher.DECRYPT_MODE, pair.privateKey().jca());
        byte[] ours = family.encrypt(pair.publicKey(), Algorithm.RSA_PKCS, DATA);
        assertThat(other.doFinal(ours)).isEqualTo(DATA);
        refused(Reason.DATA_LENGTH_RANGE, () -> family.encrypt(pair.publicKey(), Algorithm.RSA_PKCS, new byte[246]));
    }

    @ParameterizedTest
    @EnumSource
    void givesOneErrorForEveryBadCiphertext(TestEngine engine) {
        EngineKeyPair pair = RsaPairs.known(engine);
        RsaPkcs1 family = new RsaPkcs1(engine.engine());
        RsaRaw raw = new RsaRaw(engine.engine());
        byte[] noSeparator = block(2, 256);
        byte[] wrongType = block(1, 200);
        byte[] shortPadding = block(2, 5);
        byte[] ones = new byte[256];
        java.util.Arrays.fill(ones, (byte) 0xff);
        List<byte[]> bad = List.of(
                raw.encrypt(pair.publicKey(), Algorithm.of(MechanismType.RSA_X_509), noSeparator),
                raw.encrypt(pair.publicKey(), Algorithm.of(MechanismType.RSA_X_509), wrongType),
                raw.encrypt(pair.publicKey(), Algorithm.of(MechanismType.RSA_X_509), shortPadding),
                new byte[256],
                ones,
                new byte[0],
                new byte[255],
                new byte[257]);
        Set<String> messages = new HashSet<>();
        for (byte[] ciphertext : bad) {
            HsmException decrypting = refused(
                    Reason.ENCRYPTED_DATA_INVALID,
                    () -> family.decrypt(pair.privateKey(), Algorithm.RSA_PKCS, ciphertext));
            messages.add(decrypting.getMessage());
            assertThat(decrypting).hasNoCause();
        }
        assertThat(messages).hasSize(1);
    }

    /** 00, the type, non-zero bytes, and a zero at {@code separator} where it is inside. */
    private static byte[] block(int type, int separator) {
        byte[] block = new byte[256];
        for (int i = 2; i < block.length; i++) {
            block[i] = (byte) (1 + new Random(i).nextInt(255));
        }
        block[0] = 0;
        block[1] = (byte) type;
        if (separator < block.length) {
            block[separator] = 0;
        }
        return block;
    }

    @ParameterizedTest
    @EnumSource
    void refusesParametersThatItDoesNotTake(TestEngine engine) {
        Algorithm stray = new Algorithm(MechanismType.SHA256_RSA_PKCS, Algorithm.SHA256_RSA_PSS.parameters());
        refused(
                Reason.MECHANISM_PARAMETER_INVALID,
                () -> new RsaPkcs1(engine.engine()).sign(RsaPairs.known(engine).privateKey(), stray, DATA));
    }
}
