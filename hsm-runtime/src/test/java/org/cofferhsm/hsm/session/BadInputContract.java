package org.cofferhsm.hsm.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.util.List;
import java.util.Set;
import org.cofferhsm.hsm.SessionForm;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyPairIds;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Usage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each kind of bad input gets its own reason, and changes nothing. */
public abstract class BadInputContract extends OneModuleContract {

    protected BadInputContract(SessionForm form) {
        super(form);
    }

    private static final Algorithm CALLER_IV = Algorithm.aesGcmWithCallerIv(Octets.of(new byte[12]), Octets.EMPTY, 128);

    private KeyId key;
    private KeyPairIds rsa;

    private List<ObjectInfo> before = List.of();

    @BeforeAll
    void makeKeys() {
        key = alice.generate(KeyTemplate.aes(256).labelled("one").allowing(Usage.ENCRYPT, Usage.DECRYPT, Usage.SIGN));
        rsa = alice.generate(KeyPairTemplate.rsa(2048)
                .labelled("pair")
                .allowing(Usage.SIGN, Usage.VERIFY, Usage.ENCRYPT, Usage.DECRYPT, Usage.WRAP, Usage.UNWRAP));
    }

    @BeforeEach
    void rememberObjects() {
        before = alice.find(Attributes.NONE).list();
    }

    @AfterEach
    void nothingHasChanged() {
        assertThat(alice.find(Attributes.NONE).list()).isEqualTo(before);
    }

    @Test
    void unknownLabel() {
        assertThat(assertRefused(
                        Reason.KEY_NOT_FOUND, () -> alice.find("nowhere").one()))
                .hasMessageContaining("nowhere");
    }

    @Test
    void ambiguousLabel() {
        assertThat(assertRefused(Reason.KEY_AMBIGUOUS, () -> alice.find("pair").one()))
                .hasMessageContaining(rsa.publicKey().toString());
    }

    @Test
    void unknownHandle() {
        assertRefused(Reason.KEY_NOT_FOUND, () -> alice.encrypt(new KeyId(987654), Algorithm.AES_GCM, new byte[1]));
    }

    @Test
    void aUseThatIsNotAllowed() {
        KeyId verifyOnly = rsa.publicKey();
        assertRefused(
                Reason.KEY_FUNCTION_NOT_PERMITTED,
                () -> alice.sign(verifyOnly, Algorithm.SHA256_RSA_PKCS, new byte[1]));
    }

    @Test
    void aMechanismOfAnotherKeyType() {
        assertRefused(Reason.KEY_TYPE_INCONSISTENT, () -> alice.sign(key, Algorithm.SHA256_RSA_PKCS, new byte[1]));
    }

    @Test
    void aMechanismThatCannotDoTheOperation() {
        assertRefused(Reason.MECHANISM_INVALID, () -> alice.encrypt(key, Algorithm.AES_CMAC, new byte[16]));
        assertRefused(Reason.MECHANISM_INVALID, () -> alice.digest(Algorithm.AES_GCM, new byte[16]));
    }

    @Test
    void dataThatIsTooLong() {
        assertRefused(
                Reason.DATA_LENGTH_RANGE,
                () -> alice.encrypt(rsa.publicKey(), Algorithm.RSA_OAEP_SHA256, new byte[191]));
        assertRefused(Reason.DATA_LENGTH_RANGE, () -> alice.sign(rsa.privateKey(), Algorithm.RSA_PKCS, new byte[246]));
    }

    @Test
    void dataThatIsNoWholeBlock() {
        Algorithm unpadded = Algorithm.aesCbc(Octets.of(new byte[16]));
        assertRefused(Reason.DATA_LENGTH_RANGE, () -> alice.encrypt(key, unpadded, new byte[15]));
    }

    @Test
    void anIvOfTheWrongLength() {
        assertRefused(
                Reason.MECHANISM_PARAMETER_INVALID,
                () -> alice.encrypt(key, Algorithm.aesCbcPad(Octets.of(new byte[15])), new byte[16]));
        assertRefused(
                Reason.MECHANISM_PARAMETER_INVALID,
                () -> alice.encrypt(
                        key, Algorithm.aesGcmWithCallerIv(Octets.of(new byte[12]), Octets.EMPTY, 64), new byte[16]));
    }

    @Test
    void anotherIv() {
        byte[] ciphertext = alice.encrypt(key, CALLER_IV, new byte[20]);
        Algorithm other = Algorithm.aesGcmWithCallerIv(Octets.ofHex("000000000000000000000001"), Octets.EMPTY, 128);
        assertRefused(Reason.ENCRYPTED_DATA_INVALID, () -> alice.decrypt(key, other, ciphertext));
    }

    @Test
    void anAlteredTag() {
        byte[] ciphertext = alice.encrypt(key, Algorithm.AES_GCM, new byte[20]);
        ciphertext[ciphertext.length - 1] ^= 1;
        assertRefused(Reason.ENCRYPTED_DATA_INVALID, () -> alice.decrypt(key, Algorithm.AES_GCM, ciphertext));
        assertRefused(Reason.ENCRYPTED_DATA_INVALID, () -> alice.decrypt(key, Algorithm.AES_GCM, new byte[11]));
    }

    @Test
    void aWrappedKeyThatWasAltered() {
        assertRefused(
                Reason.WRAPPED_KEY_INVALID,
                () -> alice.unwrap(
                        rsa.privateKey(), new byte[256], Algorithm.RSA_OAEP_SHA256, KeyTemplate.secret(KeyType.AES)));
    }

    @Test
    void anAttributeThatMayNotChange() {
        assertThat(assertRefused(
                        Reason.ATTRIBUTE_READ_ONLY,
                        () -> alice.change(key, Attributes.of(Attribute.EXTRACTABLE, true))))
                .hasMessageContaining("extractable");
    }

    @Test
    void oneBadChangeUndoesTheGoodOneBesideIt() {
        Attributes both = Attributes.of(Attribute.LABEL, "renamed").with(Attribute.LOCAL, false);
        assertRefused(Reason.ATTRIBUTE_READ_ONLY, () -> alice.change(key, both));
    }

    @Test
    void keySizesThatDoNotExist() {
        assertRefused(Reason.KEY_SIZE_RANGE, () -> alice.generate(KeyTemplate.aes(200)));
        assertRefused(Reason.KEY_SIZE_RANGE, () -> alice.generate(KeyPairTemplate.rsa(1024)));
    }

    @Test
    void aTemplateWithoutALength() {
        assertRefused(Reason.TEMPLATE_INCOMPLETE, () -> alice.generate(KeyTemplate.secret(KeyType.AES)));
    }

    @Test
    void tooMuchRandom() {
        assertRefused(Reason.ARGUMENT_INVALID, () -> alice.random(0));
        assertRefused(Reason.ARGUMENT_INVALID, () -> alice.random((1 << 20) + 1));
    }

    @Test
    void aClosedSession() {
        Session closed = module.bob();
        closed.close();
        assertRefused(Reason.SESSION_CLOSED, () -> closed.random(1));
    }

    @Test
    void everyRefusedUseIsInTheAuditLog() {
        assertRefused(Reason.KEY_TYPE_INCONSISTENT, () -> alice.sign(key, Algorithm.ECDSA_SHA384, new byte[1]));
        try (Session eve = module.eve()) {
            List<AuditEntry> all = eve.auditTrail().read(1, 10_000);
            assertThat(all).anySatisfy(entry -> {
                assertThat(entry.user()).isEqualTo("alice");
                assertThat(entry.operation()).isEqualTo("sign");
                assertThat(entry.key()).isEqualTo(key.toString());
                assertThat(entry.result()).isEqualTo("KEY_TYPE_INCONSISTENT");
                assertThat(entry.detail()).contains("ECDSA_SHA384");
            });
        }
    }

    @Test
    void aForbiddenMechanism() {
        KeyId gcmOnly = alice.generate(KeyTemplate.aes(256)
                .forSession()
                .allowing(Usage.ENCRYPT)
                .with(Attribute.ALLOWED_MECHANISMS, Set.of(MechanismType.AES_GCM)));
        assertRefused(Reason.MECHANISM_NOT_ALLOWED, () -> alice.encrypt(gcmOnly, Algorithm.AES_ECB, new byte[16]));
        alice.destroy(gcmOnly);
    }

    @Test
    void aFinishedOperation() {
        try (var operation = alice.startEncrypt(key, Algorithm.AES_GCM)) {
            operation.update(new byte[10], 0, 10);
            operation.finish();
            assertRefused(Reason.OPERATION_FINISHED, operation::finish);
            assertRefused(Reason.OPERATION_FINISHED, () -> operation.update(new byte[1], 0, 1));
        }
    }
}
