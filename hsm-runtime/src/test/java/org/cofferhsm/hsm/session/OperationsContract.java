package org.cofferhsm.hsm.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.cofferhsm.hsm.SessionForm;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Usage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What cryptographic operations do at their edges: large data, parts of any size, and what comes after the end. */
public abstract class OperationsContract extends OneModuleContract {

    private static final byte[] TEXT = "in parts and as a whole".getBytes(UTF_8);
    private static final int LARGE = (9 << 20) + 7;
    private static final Algorithm CBC = Algorithm.aesCbcPad(Octets.of(new byte[16]));
    private KeyId key;

    protected OperationsContract(SessionForm form) {
        super(form);
    }

    @BeforeAll
    void makeKey() {
        key = alice.generate(
                KeyTemplate.aes(256).allowing(Usage.ENCRYPT, Usage.DECRYPT, Usage.SIGN, Usage.VERIFY, Usage.DERIVE));
    }

    private static byte[] random(int length) {
        byte[] data = new byte[length];
        new Random(length).nextBytes(data);
        return data;
    }

    @Test
    void dataOfAnyLengthIsEncryptedInOneCall() {
        for (int length : new int[] {0, 1, LARGE}) {
            byte[] data = random(length);
            assertThat(alice.decrypt(key, Algorithm.AES_GCM, alice.encrypt(key, Algorithm.AES_GCM, data)))
                    .isEqualTo(data);
            assertThat(alice.decrypt(key, CBC, alice.encrypt(key, CBC, data))).isEqualTo(data);
        }
    }

    @Test
    void anAlteredLargeCiphertextIsRefused() {
        byte[] sealed = alice.encrypt(key, Algorithm.AES_GCM, random(LARGE));
        sealed[LARGE / 2] ^= 1;

        assertRefused(Reason.ENCRYPTED_DATA_INVALID, () -> alice.decrypt(key, Algorithm.AES_GCM, sealed));
    }

    @Test
    void dataOfAnyLengthIsSignedVerifiedAndDigestedInOneCall() {
        byte[] data = random(LARGE);
        byte[] mac = alice.sign(key, Algorithm.AES_CMAC, data);

        assertThat(alice.verify(key, Algorithm.AES_CMAC, data, mac)).isTrue();
        mac[0] ^= 1;
        assertThat(alice.verify(key, Algorithm.AES_CMAC, data, mac)).isFalse();
        assertThat(alice.digest(Algorithm.SHA256, data)).hasSize(32).isEqualTo(digestInParts(data, 65_537));
    }

    private byte[] digestInParts(byte[] data, int part) {
        try (DigestOperation digest = alice.startDigest(Algorithm.SHA256)) {
            for (int at = 0; at < data.length; at += part) {
                digest.update(data, at, Math.min(part, data.length - at));
            }
            return digest.finish();
        }
    }

    @Test
    void partsOfAnySizeMakeTheSameWhole() {
        byte[] data = random(100_000);
        byte[] mac = alice.sign(key, Algorithm.AES_CMAC, data);
        for (int part : new int[] {1_021, 16 * 1024, 99_999}) {
            try (SignOperation signing = alice.startSign(key, Algorithm.AES_CMAC);
                    VerifyOperation verification = alice.startVerify(key, Algorithm.AES_CMAC)) {
                for (int at = 0; at < data.length; at += part) {
                    signing.update(data, at, Math.min(part, data.length - at));
                    verification.update(data, at, Math.min(part, data.length - at));
                }
                assertThat(signing.finish()).isEqualTo(mac);
                assertThat(verification.finish(mac)).isTrue();
            }
            assertThat(digestInParts(data, part)).isEqualTo(alice.digest(Algorithm.SHA256, data));
        }
    }

    @Test
    void aCipherGivesWhatIsReady() {
        byte[] data = random(3 << 20);
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try (CipherOperation encryption = alice.startEncrypt(key, CBC)) {
            sealed.writeBytes(encryption.update(data, 0, 5));
            byte[] most = encryption.update(data, 5, data.length - 5);
            assertThat(most).hasSizeGreaterThan(data.length - 64);
            sealed.writeBytes(most);
            sealed.writeBytes(encryption.finish());
        }
        assertThat(alice.decrypt(key, CBC, sealed.toByteArray())).isEqualTo(data);
    }

    @Test
    void authenticatedDecryptionReleasesAllAtItsEnd() {
        byte[] data = random(LARGE);
        byte[] sealed = alice.encrypt(key, Algorithm.AES_GCM, data);
        try (CipherOperation decryption = alice.startDecrypt(key, Algorithm.AES_GCM)) {
            assertThat(decryption.update(sealed, 0, sealed.length)).isEmpty();
            assertThat(decryption.finish()).isEqualTo(data);
        }
    }

    @Test
    void aFinishedOperationTakesNoMore() {
        SignOperation signing = alice.startSign(key, Algorithm.AES_CMAC);
        signing.finish();
        VerifyOperation verification = alice.startVerify(key, Algorithm.AES_CMAC);
        assertThat(verification.finish(new byte[16])).isFalse();
        DigestOperation digest = alice.startDigest(Algorithm.SHA256);
        digest.finish();
        CipherOperation closed = alice.startEncrypt(key, Algorithm.AES_GCM);
        closed.close();
        closed.close();

        assertRefused(Reason.OPERATION_FINISHED, signing::finish);
        assertRefused(Reason.OPERATION_FINISHED, () -> signing.update(TEXT, 0, 1));
        assertRefused(Reason.OPERATION_FINISHED, () -> verification.finish(TEXT));
        assertRefused(Reason.OPERATION_FINISHED, () -> verification.update(TEXT, 0, 1));
        assertRefused(Reason.OPERATION_FINISHED, digest::finish);
        assertRefused(Reason.OPERATION_FINISHED, () -> digest.update(TEXT, 0, 1));
        assertRefused(Reason.OPERATION_FINISHED, () -> closed.update(TEXT, 0, 1));
        assertRefused(Reason.OPERATION_FINISHED, closed::finish);
    }

    @Test
    void aPartOutsideItsArrayIsAMistakeOfTheProgram() {
        try (CipherOperation encryption = alice.startEncrypt(key, Algorithm.AES_GCM);
                SignOperation signing = alice.startSign(key, Algorithm.AES_CMAC)) {
            assertThatThrownBy(() -> encryption.update(TEXT, 1, TEXT.length))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> signing.update(TEXT, -1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void aFailedPartEndsItsOperation() {
        byte[] sealed = alice.encrypt(key, Algorithm.AES_GCM, TEXT);
        sealed[sealed.length - 1] ^= 1;
        CipherOperation decryption = alice.startDecrypt(key, Algorithm.AES_GCM);
        decryption.update(sealed, 0, sealed.length);

        assertRefused(Reason.ENCRYPTED_DATA_INVALID, decryption::finish);
        assertRefused(Reason.OPERATION_FINISHED, decryption::finish);
    }

    @Test
    void anOperationThatMayNotBeginIsRefusedAtItsStart() {
        assertRefused(Reason.MECHANISM_INVALID, () -> alice.startEncrypt(key, Algorithm.AES_CMAC));
        assertRefused(Reason.KEY_TYPE_INCONSISTENT, () -> alice.startSign(key, Algorithm.ECDSA_SHA256));
        assertRefused(Reason.KEY_NOT_FOUND, () -> alice.startVerify(new KeyId(4711), Algorithm.AES_CMAC));
        assertRefused(Reason.MECHANISM_INVALID, () -> alice.startDigest(Algorithm.AES_CMAC));
    }
}
