package org.cofferhsm.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.pkcs11.TemplateBuilder.template;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Login;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.session.TicketHolder;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.cofferhsm.hsm.user.Role;
import org.junit.jupiter.api.Test;

/** PKCS#11 v3.1 §5.6: sessions and logins. */
class SessionRulesTest extends ProgramTests {

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
    void refusesSessionsThatAreNotSerialOrHaveANumberTaken() {
        program.refused(
                Ckr.SESSION_PARALLEL_NOT_SUPPORTED,
                Operation.OPEN_SESSION,
                out -> out.u64(9).u32(2));
        program.refused(
                Ckr.ARGUMENTS_BAD, Operation.OPEN_SESSION, out -> out.u64(0).u32(4));
        long session = program.open(Program.READ_ONLY);
        program.refused(
                Ckr.ARGUMENTS_BAD,
                Operation.OPEN_SESSION,
                out -> out.u64(session).u32(4));
    }

    @Test
    void limitsTheSessionsOfAProgram() {
        for (int i = 0; i < 4096; i++) {
            program.open(Program.READ_ONLY);
        }
        program.refused(
                Ckr.SESSION_COUNT,
                Operation.OPEN_SESSION,
                out -> out.u64(99_999).u32(4));
        program.call(Operation.CLOSE_ALL_SESSIONS, out -> {});
        program.open(Program.READ_ONLY);
    }

    @Test
    void knowsNoClosedSession() {
        long session = program.open(Program.READ_ONLY);
        program.close(session);
        program.refused(Ckr.SESSION_HANDLE_INVALID, Operation.CLOSE_SESSION, out -> out.u64(session));
        program.refused(
                Ckr.SESSION_HANDLE_INVALID,
                Operation.RANDOM,
                out -> out.u64(session).u32(8));
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
    void keepsTheSecurityOfficerAndReadOnlySessionsApart() {
        long readOnly = program.open(Program.READ_ONLY);
        program.refused(Ckr.SESSION_READ_ONLY_EXISTS, Operation.LOGIN, Program.pin(readOnly, Login.SO, ADMIN));
        program.close(readOnly);
        long session = program.open(Program.READ_WRITE);
        program.login(session, Login.SO, ADMIN);
        program.refused(
                Ckr.SESSION_READ_WRITE_SO_EXISTS,
                Operation.OPEN_SESSION,
                out -> out.u64(77).u32(4));
        program.refused(
                Ckr.USER_NOT_LOGGED_IN,
                Operation.GENERATE_KEY,
                out -> template()
                        .with(Attribute.VALUE_LENGTH, 16)
                        .write(out.u64(session)
                                .u64(MechanismType.AES_KEY_GEN.code())
                                .u8(0)));
    }

    @Test
    void changesNoTokenObjectInAReadOnlySession() {
        long writing = program.loggedIn(ALICE);
        long key = aes(writing, template().token("here"));
        long reading = program.open(Program.READ_ONLY);
        program.refused(
                Ckr.SESSION_READ_ONLY,
                Operation.GENERATE_KEY,
                out -> template()
                        .token("there")
                        .with(Attribute.VALUE_LENGTH, 16)
                        .write(out.u64(reading)
                                .u64(MechanismType.AES_KEY_GEN.code())
                                .u8(0)));
        program.refused(
                Ckr.SESSION_READ_ONLY,
                Operation.DESTROY_OBJECT,
                out -> out.u64(reading).u64(key));
        program.refused(
                Ckr.SESSION_READ_ONLY,
                Operation.SET_ATTRIBUTES,
                out -> template()
                        .with(Attribute.LABEL, "other")
                        .write(out.u64(reading).u64(key)));
        aes(reading, template());
        program.call(Operation.DESTROY_OBJECT, out -> out.u64(writing).u64(key));
    }

    @Test
    void endsTheLoginWithTheLastSession() {
        long session = program.loggedIn(ALICE);
        program.close(session);
        long next = program.open(Program.READ_WRITE);
        program.refused(Ckr.USER_NOT_LOGGED_IN, Operation.LOGOUT, out -> out.u64(next));
    }

    @Test
    void destroysSessionObjectsWithTheSessionThatMadeThem() {
        long making = program.loggedIn(ALICE);
        long other = program.open(Program.READ_WRITE);
        long key = aes(making, template().with(Attribute.LABEL, "short-lived").with(Attribute.DESTROYABLE, false));
        assertThat(program.find(other, template().with(Attribute.LABEL, "short-lived")))
                .containsExactly(key);
        program.close(making);
        assertThat(program.find(other, template().with(Attribute.LABEL, "short-lived")))
                .isEmpty();
        program.refused(
                Ckr.OBJECT_HANDLE_INVALID,
                Operation.OBJECT_SIZE,
                out -> out.u64(other).u64(key));
        program.refused(
                Ckr.KEY_HANDLE_INVALID,
                Operation.KEY_FACTS,
                out -> out.u64(other).u64(key));
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
        program.refused(
                Ckr.USER_NOT_LOGGED_IN,
                Operation.GENERATE_KEY,
                out -> template()
                        .with(Attribute.VALUE_LENGTH, 16)
                        .write(out.u64(session)
                                .u64(MechanismType.AES_KEY_GEN.code())
                                .u8(0)));
        program.login(session, Login.USER, ALICE);
    }

    @Test
    void resumesALoginByItsTicket() {
        long session = program.open(Program.READ_WRITE);
        byte[] ticket = program.call(Operation.LOGIN, Program.pin(session, Login.USER, ALICE))
                .bytes();
        assertThat(program.call(Operation.REFRESH, out -> {}).bytes()).isNotEmpty();
        long key = aes(session, template().token("lasting"));
        module.reopen();
        try (Program resumed = Program.of(module.hsm())) {
            for (int sent = 0; sent < 2; sent++) {
                MessageReader answer = resumed.call(
                        Operation.RESUME,
                        out -> out.bytes(ticket)
                                .raw(Program.NUMBER)
                                .u32(1)
                                .u64(session)
                                .u32(Program.READ_WRITE));
                assertThat(answer.bytes()).isNotEmpty();
            }
            assertThat(resumed.find(session, template())).containsExactly(key);
        }
    }

    @Test
    void opensTheSessionsAlthoughTheTicketIsNoGood() {
        try (Program resumed = Program.of(module.hsm())) {
            resumed.refused(
                    Ckr.USER_NOT_LOGGED_IN,
                    Operation.RESUME,
                    out -> out.bytes(new byte[64])
                            .raw(Program.NUMBER)
                            .u32(1)
                            .u64(5)
                            .u32(Program.READ_WRITE));
            resumed.login(5, Login.USER, ALICE);
        }
    }

    @Test
    void resumesNoLoginThatItWouldNotHaveGiven() {
        char[] pin = "auditor-pin-1".toCharArray();
        module.admin().users().create("watcher", Role.AUDITOR, pin);
        TicketHolder holder = new TicketHolder("user", Octets.of(Program.NUMBER));
        try (Session auditor = module.hsm().login("watcher", pin)) {
            refusesToResume(module.hsm().ticketFor(auditor, holder), Program.READ_WRITE);
        }
        refusesToResume(module.hsm().ticketFor(module.admin(), holder), Program.READ_ONLY);
    }

    private void refusesToResume(byte[] ticket, int flags) {
        try (Program resumed = Program.of(module.hsm())) {
            resumed.refused(
                    Ckr.USER_NOT_LOGGED_IN,
                    Operation.RESUME,
                    out -> out.bytes(ticket).raw(Program.NUMBER).u32(1).u64(5).u32(flags));
        }
    }

    @Test
    void leavesNoObjectOfASessionThatIsClosedWhileItMakesSome() {
        long other = program.loggedIn(ALICE);
        for (int round = 0; round < 200; round++) {
            long session = program.open(Program.READ_WRITE);
            CompletableFuture<Void> making = CompletableFuture.runAsync(() -> makeUntilRefused(session));
            program.close(session);
            making.join();
        }
        assertThat(program.find(other, template())).isEmpty();
    }

    private void makeUntilRefused(long session) {
        int status = 0;
        while (status == 0) {
            status = program.answer(
                    Operation.GENERATE_KEY.number(),
                    out -> template()
                            .with(Attribute.VALUE_LENGTH, 32)
                            .write(out.u64(session)
                                    .u64(MechanismType.AES_KEY_GEN.code())
                                    .u8(0)),
                    new MessageWriter(64));
        }
    }

    @Test
    void resumesSessionsWithoutALogin() {
        try (Program resumed = Program.of(module.hsm())) {
            MessageReader answer = resumed.call(
                    Operation.RESUME,
                    out -> out.bytes(new byte[0])
                            .raw(Program.NUMBER)
                            .u32(1)
                            .u64(5)
                            .u32(Program.READ_ONLY));
            assertThat(answer.bytes()).isEmpty();
            resumed.call(Operation.RANDOM, out -> out.u64(5).u32(8));
        }
    }

    @Test
    void changesThePinOfWhoIsLoggedIn() {
        long session = program.open(Program.READ_WRITE);
        byte[] before = program.call(Operation.LOGIN, Program.pin(session, Login.USER, ALICE))
                .bytes();
        program.refused(Ckr.PIN_INCORRECT, Operation.SET_PIN, out -> pins(out, session, "wrong-pin-1", "alice-pin-2"));
        program.refused(Ckr.PIN_LEN_RANGE, Operation.SET_PIN, out -> pins(out, session, "alice-pin-1", "short"));
        byte[] after = program.call(Operation.SET_PIN, out -> pins(out, session, "alice-pin-1", "alice:alice-pin-2"))
                .bytes();
        try (Program resumed = Program.of(module.hsm())) {
            resumed.refused(
                    Ckr.USER_NOT_LOGGED_IN,
                    Operation.RESUME,
                    out -> out.bytes(before).raw(Program.NUMBER).u32(0));
            resumed.call(
                    Operation.RESUME,
                    out -> out.bytes(after).raw(Program.NUMBER).u32(0));
        }
    }

    private static void pins(org.cofferhsm.hsm.spi.MessageWriter out, long session, String old, String fresh) {
        out.u64(session).bytes(old.getBytes(StandardCharsets.UTF_8)).bytes(fresh.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void changesThePinOfWhomTheOldOneNames() {
        long reading = program.open(Program.READ_ONLY);
        program.refused(Ckr.SESSION_READ_ONLY, Operation.SET_PIN, out -> pins(out, reading, ALICE, "alice-pin-2"));
        long session = program.open(Program.READ_WRITE);
        program.call(Operation.SET_PIN, out -> pins(out, session, ALICE, "alice-pin-2"));
        program.login(session, Login.USER, "alice:alice-pin-2");
    }

    @Test
    void letsTheSecurityOfficerMakeUsersAndSetTheirPins() {
        long session = program.open(Program.READ_WRITE);
        program.login(session, Login.SO, ADMIN);
        initPin(session, "carol:carol-pin-1");
        initPin(session, "alice:alice-pin-3");
        program.refused(
                Ckr.PIN_INVALID,
                Operation.INIT_PIN,
                out -> out.u64(session).bytes("eve:eve-pin-0002".getBytes(StandardCharsets.UTF_8)));
        program.logout(session);
        program.login(session, Login.USER, "carol:carol-pin-1");
        program.logout(session);
        program.login(session, Login.USER, "alice:alice-pin-3");
        program.refused(
                Ckr.USER_NOT_LOGGED_IN,
                Operation.INIT_PIN,
                out -> out.u64(session).bytes("bob:bob-pin-0002".getBytes(StandardCharsets.UTF_8)));
    }

    private void initPin(long session, String pin) {
        program.call(Operation.INIT_PIN, out -> out.u64(session).bytes(pin.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void tellsOfTheToken() {
        MessageReader info = program.call(Operation.TOKEN_INFO, out -> {});
        assertThat(info.text()).isEqualTo("coffer");
        assertThat(info.text()).isEqualTo("Coffer");
        assertThat(info.text()).isEqualTo("1.0");
        assertThat(info.u32()).isEqualTo(0x44d);
        assertThat(info.u32()).isEqualTo(160);
        assertThat(info.u32()).isEqualTo(8);
        assertThat(info.u64()).isPositive();
        info.end();
    }

    @Test
    void saysThatALockedModuleIsNotPresent() {
        long session = program.loggedIn(ALICE);
        module.hsm().lock();
        program.refused(
                Ckr.TOKEN_NOT_PRESENT,
                Operation.GENERATE_KEY,
                out -> template()
                        .with(Attribute.VALUE_LENGTH, 16)
                        .write(out.u64(session)
                                .u64(MechanismType.AES_KEY_GEN.code())
                                .u8(0)));
        module.hsm().unlock(org.cofferhsm.hsm.KeyFile.in(module.home()));
        program.login(session, Login.USER, ALICE);
    }
}
