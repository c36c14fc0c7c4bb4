package org.cofferhsm.hsm.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.ModuleFixture.ADMIN_PIN;
import static org.cofferhsm.hsm.ModuleFixture.ALICE_PIN;
import static org.cofferhsm.hsm.ModuleFixture.BOB_PIN;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.SessionForm;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.user.Role;
import org.cofferhsm.hsm.user.UserInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public abstract class LoginContract {

    private final SessionForm form;

    protected LoginContract(SessionForm form) {
        this.form = form;
    }

    private static final char[] WRONG = "wrong-pin-1".toCharArray();
    private static final char[] NEW = "new-pin-0001".toCharArray();
    private static final char[] OTHER = "other-pin-01".toCharArray();

    @TempDir
    Path directory;

    private ModuleFixture module;

    @BeforeEach
    void open() {
        module = ModuleFixture.in(directory, form);
    }

    @AfterEach
    void close() {
        module.close();
    }

    @Test
    void aWrongPinAndAnUnknownUserLookTheSame() {
        String wrong = assertRefused(Reason.PIN_INCORRECT, () -> module.login("alice", WRONG))
                .getMessage();
        String unknown = assertRefused(Reason.PIN_INCORRECT, () -> module.login("nobody", WRONG))
                .getMessage();

        assertThat(wrong).isEqualTo(unknown).doesNotContain("wrong-pin-1");
    }

    @Test
    void fiveWrongPinsLockAUserAlsoAcrossARestart() {
        for (int i = 0; i < 4; i++) {
            assertRefused(Reason.PIN_INCORRECT, () -> module.login("alice", WRONG));
        }
        module.reopen();
        assertRefused(Reason.PIN_INCORRECT, () -> module.login("alice", WRONG));

        assertRefused(Reason.USER_LOCKED, () -> module.login("alice", ALICE_PIN));
        module.bob().close();
        module.reopen();
        assertRefused(Reason.USER_LOCKED, () -> module.login("alice", ALICE_PIN));
    }

    @Test
    void anAdminUnlocksAUserByANewPin() {
        for (int i = 0; i < 5; i++) {
            assertRefused(Reason.PIN_INCORRECT, () -> module.login("alice", WRONG));
        }
        try (Session admin = module.admin()) {
            assertThat(admin.users().list()).anyMatch(user -> user.name().equals("alice") && user.locked());
            admin.users().resetPin("alice", NEW);
        }

        module.login("alice", NEW).close();
        assertRefused(Reason.PIN_INCORRECT, () -> module.login("alice", ALICE_PIN));
    }

    @Test
    void aRightPinClearsTheCount() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 4; i++) {
                assertRefused(Reason.PIN_INCORRECT, () -> module.login("alice", WRONG));
            }
            module.alice().close();
        }
    }

    @Test
    void usersChangeTheirOwnPin() {
        try (Session alice = module.alice()) {
            assertRefused(Reason.PIN_INCORRECT, () -> alice.users().changeOwnPin(WRONG, NEW));
            assertRefused(Reason.PIN_INVALID, () -> alice.users().changeOwnPin(ALICE_PIN, "short".toCharArray()));
            alice.users().changeOwnPin(ALICE_PIN, NEW);
        }
        assertRefused(Reason.PIN_INCORRECT, () -> module.login("alice", ALICE_PIN));
        module.login("alice", NEW).close();
    }

    @Test
    void rolesKeepToTheirOwn() {
        try (Session admin = module.admin();
                Session alice = module.alice();
                Session eve = module.eve()) {
            assertRefused(Reason.ROLE_NOT_PERMITTED, () -> admin.generate(KeyTemplate.aes(256)));
            assertRefused(Reason.ROLE_NOT_PERMITTED, () -> eve.generate(KeyTemplate.aes(256)));
            assertRefused(Reason.ROLE_NOT_PERMITTED, () -> eve.find("x"));
            assertRefused(Reason.ROLE_NOT_PERMITTED, () -> eve.users().list());
            assertRefused(Reason.ROLE_NOT_PERMITTED, alice::auditTrail);
            assertRefused(Reason.ROLE_NOT_PERMITTED, () -> alice.users().create("mallory", Role.ADMIN, NEW));
            assertRefused(Reason.ROLE_NOT_PERMITTED, () -> alice.users().resetPin("bob", NEW));
            assertThat(eve.auditTrail().read(1, 1)).hasSize(1);
        }
    }

    @Test
    void aUserNameIsTakenWhateverItsCase() {
        try (Session admin = module.admin()) {
            assertRefused(Reason.USER_EXISTS, () -> admin.users().create("ALICE", Role.CRYPTO_USER, NEW));
            assertRefused(Reason.USER_NAME_INVALID, () -> admin.users().create("a:b", Role.CRYPTO_USER, NEW));
            assertRefused(Reason.USER_NOT_FOUND, () -> admin.users().delete("nobody"));
        }
        module.login("Alice", ALICE_PIN).close();
    }

    @Test
    void theLastAdminStays() {
        try (Session admin = module.admin()) {
            assertRefused(Reason.USER_IN_USE, () -> admin.users().delete("admin"));
            admin.users().create("second", Role.ADMIN, NEW);
            admin.users().delete("admin");
        }
        module.login("second", NEW).close();
    }

    @Test
    void aUserWithKeysStays() {
        try (Session alice = module.alice();
                Session admin = module.admin()) {
            KeyId key = alice.generate(KeyTemplate.aes(256));
            assertRefused(Reason.USER_IN_USE, () -> admin.users().delete("alice"));
            alice.destroy(key);
            admin.users().delete("alice");
        }
        assertRefused(Reason.PIN_INCORRECT, () -> module.login("alice", ALICE_PIN));
    }

    @Test
    void aRemovedUsersSessionEnds() {
        Session bob = module.bob();
        try (Session admin = module.admin()) {
            admin.users().delete("bob");
            admin.users().create("bob", Role.CRYPTO_USER, BOB_PIN);
        }

        assertRefused(Reason.SESSION_CLOSED, () -> bob.generate(KeyTemplate.aes(256)));
    }

    @Test
    void aLaterUserOfTheSameNameInheritsNoShares() {
        KeyId key;
        try (Session alice = module.alice();
                Session admin = module.admin()) {
            key = alice.generate(KeyTemplate.aes(256));
            alice.share(key, "bob");
            admin.users().delete("bob");
            admin.users().create("bob", Role.CRYPTO_USER, BOB_PIN);
        }
        try (Session bob = module.bob()) {
            assertRefused(Reason.KEY_NOT_FOUND, () -> bob.describe(key));
        }
    }

    @Test
    void pinsAndSecretsAreNowhereInTheFiles() throws Exception {
        try (Session alice = module.alice()) {
            alice.generate(KeyTemplate.aes(256).labelled("findable-label"));
            alice.find(Attributes.of(Attribute.LABEL, "findable-label")).one();
        }
        module.hsm().close();

        assertThat(FileSearch.contains(directory, "findable-label")).isTrue();
        assertThat(FileSearch.contains(directory, new String(ALICE_PIN))).isFalse();
    }

    @Test
    void anOldPinGoesOnLoggingInAlsoAcrossARestart() {
        try (Session alice = module.alice()) {
            alice.users().changeOwnPin(ALICE_PIN, NEW, Duration.ofDays(7));
            assertThat(alice.user().oldPinUntil()).isPresent();
        }
        module.alice().close();
        module.login("alice", NEW).close();
        module.reopen();
        module.alice().close();
        module.login("alice", NEW).close();
        try (Session admin = module.admin()) {
            assertThat(admin.users().list())
                    .filteredOn(user -> user.oldPinUntil().isPresent())
                    .extracting(UserInfo::name)
                    .containsExactly("alice");
        }
    }

    @Test
    void anOldPinChangesNothing() {
        try (Session alice = module.alice()) {
            alice.users().changeOwnPin(ALICE_PIN, NEW, Duration.ofHours(1));
        }
        try (Session old = module.alice()) {
            assertRefused(Reason.PIN_INCORRECT, () -> old.users().changeOwnPin(ALICE_PIN, OTHER));
            assertRefused(Reason.PIN_INCORRECT, () -> old.users().changeOwnPin(ALICE_PIN, OTHER, Duration.ofHours(1)));
        }
        module.login("alice", NEW).close();
    }

    @Test
    void anOldPinIsEndedByItsUserOrAnAdmin() {
        try (Session alice = module.alice();
                Session admin = module.admin();
                Session bob = module.bob()) {
            alice.users().changeOwnPin(ALICE_PIN, NEW, Duration.ofDays(7));
            assertRefused(Reason.ROLE_NOT_PERMITTED, () -> bob.users().endOldPin("alice"));
            module.alice().close();
            alice.users().endOldPin("alice");
            assertRefused(Reason.PIN_INCORRECT, () -> module.alice());

            alice.users().changeOwnPin(NEW, ALICE_PIN, Duration.ofDays(7));
            admin.users().endOldPin("alice");
            assertRefused(Reason.PIN_INCORRECT, () -> module.login("alice", NEW));
            admin.users().endOldPin("alice");
            module.alice().close();
        }
    }

    @Test
    void everyOtherChangeEndsTheOldPin() {
        try (Session alice = module.alice();
                Session admin = module.admin()) {
            alice.users().changeOwnPin(ALICE_PIN, NEW, Duration.ofDays(7));
            alice.users().changeOwnPin(NEW, OTHER);
            assertRefused(Reason.PIN_INCORRECT, () -> module.alice());
            assertRefused(Reason.PIN_INCORRECT, () -> module.login("alice", NEW));

            alice.users().changeOwnPin(OTHER, NEW, Duration.ofDays(7));
            alice.users().changeOwnPin(NEW, ALICE_PIN, Duration.ofDays(7));
            assertRefused(Reason.PIN_INCORRECT, () -> module.login("alice", OTHER));
            admin.users().resetPin("alice", OTHER);
            assertRefused(Reason.PIN_INCORRECT, () -> module.login("alice", NEW));
            assertRefused(Reason.PIN_INCORRECT, () -> module.alice());
        }
    }

    @Test
    void whatIsNoneOfTwoPinsIsCountedOnce() {
        try (Session alice = module.alice()) {
            alice.users().changeOwnPin(ALICE_PIN, NEW, Duration.ofDays(7));
        }
        for (int i = 0; i < 4; i++) {
            assertRefused(Reason.PIN_INCORRECT, () -> module.login("alice", WRONG));
        }
        module.login("alice", NEW).close(); // the old one forgives nothing
        for (int i = 0; i < 5; i++) {
            assertRefused(Reason.PIN_INCORRECT, () -> module.login("alice", WRONG));
        }
        assertRefused(Reason.USER_LOCKED, () -> module.alice());
        assertRefused(Reason.USER_LOCKED, () -> module.login("alice", NEW));
    }

    @Test
    void anOldPinIsForCryptoUsersAndABoundedTime() {
        try (Session alice = module.alice();
                Session admin = module.admin()) {
            assertRefused(
                    Reason.ROLE_NOT_PERMITTED, () -> admin.users().changeOwnPin(ADMIN_PIN, NEW, Duration.ofDays(1)));
            for (Duration time : List.of(Duration.ZERO, Duration.ofSeconds(59), Duration.ofDays(31))) {
                assertRefused(Reason.ARGUMENT_INVALID, () -> alice.users().changeOwnPin(ALICE_PIN, NEW, time));
            }
            assertRefused(
                    Reason.PIN_INVALID, () -> alice.users().changeOwnPin(ALICE_PIN, ALICE_PIN, Duration.ofDays(1)));
            assertRefused(Reason.PIN_INCORRECT, () -> alice.users().changeOwnPin(WRONG, NEW, Duration.ofDays(1)));
        }
        module.alice().close();
    }

    @Test
    void theAuditLogSaysWhichPin() {
        try (Session alice = module.alice()) {
            alice.users().changeOwnPin(ALICE_PIN, NEW, Duration.ofDays(7));
        }
        module.alice().close();
        module.login("alice", NEW).close();
        try (Session eve = module.eve()) {
            assertThat(eve.auditTrail().read(1, 1000))
                    .filteredOn(entry ->
                            entry.user().equals("alice") && entry.result().equals("OK"))
                    .extracting(entry -> entry.operation() + " " + entry.detail())
                    .anyMatch(text -> text.startsWith("user-change-pin alice, the old PIN is good until"))
                    .anyMatch(text -> text.startsWith("login by the old PIN, which is good until"))
                    .anyMatch(text -> text.equals("login by the new PIN"));
        }
    }
}
