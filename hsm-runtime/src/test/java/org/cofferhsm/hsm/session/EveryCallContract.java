package org.cofferhsm.hsm.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cofferhsm.hsm.ModuleFixture.ALICE_PIN;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.SessionForm;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.user.Role;
import org.cofferhsm.hsm.user.UserInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What a session's calls do at their edges: large data, many results, operations in parts, the end of a session. */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class EveryCallContract {

    private static final byte[] TEXT = "in parts and as a whole".getBytes(UTF_8);
    private static final int LARGE = (9 << 20) + 7;
    private static final Algorithm CBC = Algorithm.aesCbcPad(Octets.of(new byte[16]));

    @TempDir
    static Path directory;

    private final SessionForm form;

    private ModuleFixture module;
    private Session alice;
    private KeyId key;

    protected EveryCallContract(SessionForm form) {
        this.form = form;
    }

    @BeforeAll
    void open() {
        module = ModuleFixture.in(directory, form);
        alice = module.alice();
        key = alice.generate(
                KeyTemplate.aes(256).allowing(Usage.ENCRYPT, Usage.DECRYPT, Usage.SIGN, Usage.VERIFY, Usage.DERIVE));
    }

    @AfterAll
    void close() {
        module.close();
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

    @Test
    void threadsUseOneSessionAtOnce() throws Exception {
        byte[] mac = alice.sign(key, Algorithm.AES_CMAC, TEXT);
        Callable<byte[]> inParts = () -> {
            try (SignOperation signing = alice.startSign(key, Algorithm.AES_CMAC)) {
                signing.update(TEXT, 0, 3);
                signing.update(TEXT, 3, TEXT.length - 3);
                return signing.finish();
            }
        };
        Callable<byte[]> asAWhole = () -> alice.sign(key, Algorithm.AES_CMAC, TEXT);
        List<Callable<byte[]>> calls = new ArrayList<>(Collections.nCopies(100, inParts));
        calls.addAll(Collections.nCopies(100, asAWhole));
        Collections.shuffle(calls, new Random(1));
        ExecutorService threads = Executors.newFixedThreadPool(12);
        for (Future<byte[]> made : threads.invokeAll(calls)) {
            assertThat(made.get()).isEqualTo(mac);
        }
        threads.shutdown();
    }

    /** More than 10 MB of attributes. */
    @Test
    void findsWhatIsLargeInTheOrderOfTheHandles() {
        Attributes note = Attributes.of(Attribute.CLASS, ObjectClass.DATA)
                .with(Attribute.TOKEN, false)
                .with(Attribute.LABEL, "large")
                .with(Attribute.APPLICATION, "x".repeat(60_000));
        List<KeyId> made = new ArrayList<>();
        try (Session other = module.alice()) {
            for (int i = 0; i < 200; i++) {
                made.add(other.create(note, TEXT));
            }
            Matches found = other.find("large");

            assertThat(found.sought()).isEqualTo("the label \"large\"");
            assertThat(found.ids()).isEqualTo(made);
            assertThat(found.with(note).list()).isEqualTo(found.list());
            Matches filtered = other.find(Attributes.of(Attribute.TOKEN, false));
            assertThat(filtered).isEqualTo(new Matches("[token=false]", found.list()));
        }
    }

    @Test
    void objectsComeAndGoByEveryCall() {
        KeyId note =
                alice.create(Attributes.of(Attribute.CLASS, ObjectClass.DATA).with(Attribute.LABEL, "note"), TEXT);
        KeyId copy = alice.copy(note, Attributes.of(Attribute.LABEL, "copy"));
        alice.change(note, Attributes.of(Attribute.LABEL, "renamed"));

        assertThat(alice.value(copy)).isEqualTo(TEXT);
        assertThat(alice.describe(copy).label()).isEqualTo("copy");
        assertThat(alice.describe(note).label()).isEqualTo("renamed");
        alice.destroy(note);
        alice.destroy(copy);
        assertRefused(Reason.KEY_NOT_FOUND, () -> alice.value(note));
        assertThat(alice.random(1 << 20)).hasSize(1 << 20);
    }

    @Test
    void sharesAreGivenAndTakenBack() {
        try (Session bob = module.bob()) {
            assertRefused(Reason.KEY_NOT_FOUND, () -> bob.describe(key));
            alice.share(key, "bob");
            assertThat(bob.describe(key).id()).isEqualTo(key);
            alice.unshare(key, "bob");
            assertRefused(Reason.KEY_NOT_FOUND, () -> bob.describe(key));
        }
    }

    @Test
    void usersAreWhoTheyAre() {
        assertThat(alice.user()).isEqualTo(new UserInfo("alice", Role.CRYPTO_USER, false, true, Optional.empty()));
        try (Session admin = module.admin()) {
            assertThat(admin.users().list())
                    .extracting(UserInfo::name)
                    .containsSubsequence("admin", "alice", "bob", "eve");
            admin.users().create("zoe", Role.AUDITOR, "zoë's-pin-1".toCharArray());
            module.login("zoe", "zoë's-pin-1".toCharArray()).close();
            admin.users().resetPin("zoe", "zoë's-pin-2".toCharArray());
            module.login("zoe", "zoë's-pin-2".toCharArray()).close();
            admin.users().delete("zoe");
        }
    }

    @Test
    void theLogIsReadFromAnywhereAndChecked() {
        for (int i = 0; i < 30; i++) {
            alice.sign(key, Algorithm.AES_CMAC, TEXT);
        }
        try (Session eve = module.eve()) {
            AuditTrail trail = eve.auditTrail();
            List<AuditEntry> all = trail.read(1, Integer.MAX_VALUE);
            assertThat(all).hasSizeGreaterThan(30);
            assertThat(trail.read(3, 20)).isEqualTo(all.subList(2, 22));
            assertThat(trail.read(all.size() + 100_000L, 5)).isEmpty();
            assertThat(trail.read(1, 0)).isEmpty();
            assertThat(trail.verify().isSound()).isTrue();
            assertThat(trail.verify().macsChecked()).isTrue();
            assertThat(trail.publicKey()).hasSizeGreaterThan(32);
        }
        assertRefused(Reason.ROLE_NOT_PERMITTED, alice::auditTrail);
    }

    @Test
    void aNoteIsMarkedAsOneInTheLog() {
        alice.note("signtool", "signed \u00fcbung.exe");
        try (Session eve = module.eve()) {
            assertThat(eve.auditTrail().read(1, Integer.MAX_VALUE))
                    .filteredOn(entry -> entry.operation().startsWith("note:"))
                    .last()
                    .satisfies(entry -> assertThat(entry)
                            .extracting(
                                    AuditEntry::user,
                                    AuditEntry::operation,
                                    AuditEntry::key,
                                    AuditEntry::result,
                                    AuditEntry::detail)
                            .containsExactly("alice", "note:signtool", "", Session.NOTED, "signed \u00fcbung.exe"));
            assertRefused(Reason.ROLE_NOT_PERMITTED, () -> eve.note("signtool", "x"));
        }
    }

    @Test
    void aNoteThatCouldMisleadItsReaderIsRefused() {
        for (String text : List.of("", "x".repeat(Session.LONGEST_NOTE + 1), "a\nb", "a\u202eb")) {
            assertRefused(Reason.ARGUMENT_INVALID, () -> alice.note("signtool", text));
        }
        for (String subject : List.of("", "Sign", "a b", "x".repeat(33))) {
            assertRefused(Reason.ARGUMENT_INVALID, () -> alice.note(subject, "text"));
        }
    }

    @Test
    void aClosedSessionRefusesEveryCall() {
        Session closed = module.login("alice", ALICE_PIN);
        Users users = closed.users();
        CipherOperation encryption = closed.startEncrypt(key, Algorithm.AES_GCM);
        SignOperation signing = closed.startSign(key, Algorithm.AES_CMAC);
        closed.close();
        closed.close();
        KeyTemplate aes = KeyTemplate.aes(256);
        List<ThrowingCallable> calls = List.of(
                closed::users,
                closed::auditTrail,
                () -> closed.note("signtool", "x"),
                users::list,
                () -> users.changeOwnPin(ALICE_PIN, ALICE_PIN),
                () -> users.changeOwnPin(ALICE_PIN, ALICE_PIN, Duration.ofDays(1)),
                () -> users.endOldPin("alice"),
                () -> closed.generate(aes),
                () -> closed.generate(KeyPairTemplate.rsa(2048)),
                () -> closed.create(Attributes.NONE, TEXT),
                () -> closed.copy(key, Attributes.NONE),
                () -> closed.destroy(key),
                () -> closed.describe(key),
                () -> closed.change(key, Attributes.NONE),
                () -> closed.find("x"),
                () -> closed.find(Attributes.NONE),
                () -> closed.value(key),
                () -> closed.share(key, "bob"),
                () -> closed.unshare(key, "bob"),
                () -> closed.encrypt(key, Algorithm.AES_GCM, TEXT),
                () -> closed.decrypt(key, Algorithm.AES_GCM, TEXT),
                () -> closed.sign(key, Algorithm.AES_CMAC, TEXT),
                () -> closed.verify(key, Algorithm.AES_CMAC, TEXT, TEXT),
                () -> closed.wrap(key, key, Algorithm.AES_KWP),
                () -> closed.unwrap(key, TEXT, Algorithm.AES_KWP, aes),
                () -> closed.derive(key, Algorithm.AES_CMAC, aes),
                () -> closed.encapsulate(key, Algorithm.ML_KEM, aes),
                () -> closed.decapsulate(key, Algorithm.ML_KEM, TEXT, aes),
                () -> closed.digest(Algorithm.SHA256, TEXT),
                () -> closed.random(1),
                () -> closed.startEncrypt(key, Algorithm.AES_GCM),
                () -> closed.startDecrypt(key, Algorithm.AES_GCM),
                () -> closed.startSign(key, Algorithm.AES_CMAC),
                () -> closed.startVerify(key, Algorithm.AES_CMAC),
                () -> closed.startDigest(Algorithm.SHA256),
                () -> encryption.update(TEXT, 0, 1),
                encryption::finish,
                () -> signing.update(TEXT, 0, 1),
                signing::finish);
        for (ThrowingCallable call : calls) {
            assertThat(assertRefused(Reason.SESSION_CLOSED, call))
                    .hasMessage("the session of alice is closed; log in again");
        }
        assertThat(alice.describe(key).id()).isEqualTo(key);
        assertThat(Arrays.asList(alice.user(), closed.user())).containsOnly(alice.user());
    }
}
