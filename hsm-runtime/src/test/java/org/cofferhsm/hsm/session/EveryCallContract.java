package org.cofferhsm.hsm.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.ModuleFixture.ALICE_PIN;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

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
import org.cofferhsm.hsm.SessionForm;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.user.Role;
import org.cofferhsm.hsm.user.UserInfo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a session's other calls do at their edges: many results, several threads, the end of a session. */
public abstract class EveryCallContract extends OneModuleContract {

    private static final byte[] TEXT = "in parts and as a whole".getBytes(UTF_8);
    private KeyId key;

    protected EveryCallContract(SessionForm form) {
        super(form);
    }

    @BeforeAll
    void makeKey() {
        key = alice.generate(
                KeyTemplate.aes(256).allowing(Usage.ENCRYPT, Usage.DECRYPT, Usage.SIGN, Usage.VERIFY, Usage.DERIVE));
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
