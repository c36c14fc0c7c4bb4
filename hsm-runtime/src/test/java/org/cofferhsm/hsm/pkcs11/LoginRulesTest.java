package org.cofferhsm.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.pkcs11.TemplateBuilder.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Login;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.session.Session;
import org.junit.jupiter.api.Test;

/** PKCS#11 v3.1 §5.6: logging in and out. */
class LoginRulesTest extends ProgramTests {

    @Test
    void tellsTheServicesLogTheCauseOfARefusalInOneLine() {
        List<String> lines = new ArrayList<>();
        try (Program other = Program.of(module.hsm(), lines::add)) {
            long session = other.open(Program.READ_WRITE);
            other.refused(Ckr.PIN_INCORRECT, Operation.LOGIN, Program.pin(session, 1, "no\nname"));
            other.refused(Ckr.USER_NOT_LOGGED_IN, Operation.LOGOUT, out -> out.u64(session));
        }
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("program[42] of user LOGIN: CKR_PIN_INCORRECT (")
                .doesNotContain("\n", "name\n");
    }

    @Test
    void logsInByAnOldPinWhileItIsGood() {
        try (Session alice = module.alice()) {
            alice.users().changeOwnPin(ModuleFixture.ALICE_PIN, "new-pin-0001".toCharArray(), Duration.ofDays(7));
            long session = program.loggedIn(ALICE);
            program.call(Operation.LOGOUT, out -> out.u64(session));
            program.login(session, Login.USER, "alice:new-pin-0001");
            program.call(Operation.LOGOUT, out -> out.u64(session));
            alice.users().endOldPin("alice");
            program.refused(Ckr.PIN_INCORRECT, Operation.LOGIN, Program.pin(session, Login.USER, ALICE));
        }
    }

    @Test
    void logsInOnceForAllSessions() {
        long one = program.loggedIn(ALICE);
        long other = program.open(Program.READ_ONLY);
        long key = aes(one, template());
        assertThat(program.attribute(other, key, Attribute.LABEL.code())).isEmpty();
        program.refused(Ckr.USER_ALREADY_LOGGED_IN, Operation.LOGIN, Program.pin(other, Login.USER, BOB));
        program.close(other);
        program.refused(Ckr.USER_ANOTHER_ALREADY_LOGGED_IN, Operation.LOGIN, Program.pin(one, Login.SO, ADMIN));
    }

    @Test
    void refusesLoginsInTheirOwnWords() {
        long session = program.open(Program.READ_WRITE);
        program.refused(Ckr.PIN_INCORRECT, Operation.LOGIN, Program.pin(session, Login.USER, "alice:wrong-pin-1"));
        program.refused(Ckr.PIN_INCORRECT, Operation.LOGIN, Program.pin(session, Login.USER, "alice-pin-1"));
        program.refused(Ckr.PIN_INCORRECT, Operation.LOGIN, Program.pin(session, Login.USER, "mallory:wrong-pin-1"));
        program.refused(Ckr.USER_TYPE_INVALID, Operation.LOGIN, Program.pin(session, Login.USER, "admin:" + ADMIN));
        program.refused(Ckr.USER_TYPE_INVALID, Operation.LOGIN, Program.pin(session, Login.SO, ALICE));
        program.refused(Ckr.USER_TYPE_INVALID, Operation.LOGIN, Program.pin(session, Login.USER, "eve:eve-pin-0001"));
        program.refused(Ckr.USER_TYPE_INVALID, Operation.LOGIN, Program.pin(session, 7, ALICE));
        program.refused(
                Ckr.OPERATION_NOT_INITIALIZED, Operation.LOGIN, Program.pin(session, Login.CONTEXT_SPECIFIC, ALICE));
        program.refused(Ckr.USER_NOT_LOGGED_IN, Operation.LOGOUT, out -> out.u64(session));
        program.login(session, Login.USER, ALICE);
    }

    @Test
    void saysThatAPinIsLocked() {
        long session = program.open(Program.READ_WRITE);
        for (int i = 0; i < 5; i++) {
            program.refused(Ckr.PIN_INCORRECT, Operation.LOGIN, Program.pin(session, Login.USER, "bob:wrong-pin-1"));
        }
        program.refused(Ckr.PIN_LOCKED, Operation.LOGIN, Program.pin(session, Login.USER, BOB));
    }

    @Test
    void endsTheLoginWithTheLastSession() {
        long session = program.loggedIn(ALICE);
        program.close(session);
        long next = program.open(Program.READ_WRITE);
        program.refused(Ckr.USER_NOT_LOGGED_IN, Operation.LOGOUT, out -> out.u64(next));
    }

    @Test
    void findsNothingAfterTheLogout() {
        long session = program.loggedIn(ALICE);
        long key = aes(session, template().token("kept"));
        program.logout(session);
        assertThat(program.find(session, template())).isEmpty();
        program.refused(
                Ckr.USER_NOT_LOGGED_IN,
                Operation.KEY_FACTS,
                out -> out.u64(session).u64(key));
        program.login(session, Login.USER, ALICE);
        assertThat(program.find(session, template())).containsExactly(key);
    }

    @Test
    void noticesThatItsUserIsGone() {
        long session = program.loggedIn(BOB);
        try (Session admin = module.admin()) {
            admin.users().delete("bob");
        }
        refusedKey(Ckr.USER_NOT_LOGGED_IN, session, template().with(Attribute.VALUE_LENGTH, 16));
        program.login(session, Login.USER, ALICE);
    }
}
