package org.cofferhsm.hsm.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.ModuleFixture.ALICE_PIN;
import static org.cofferhsm.hsm.ModuleFixture.BOB_PIN;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.nio.file.Path;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.SessionForm;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.user.Role;
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
}
