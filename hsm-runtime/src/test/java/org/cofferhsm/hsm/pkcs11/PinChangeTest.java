package org.cofferhsm.hsm.pkcs11;

import java.nio.charset.StandardCharsets;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Login;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.junit.jupiter.api.Test;

/** PKCS#11 v3.1 §5.5: PINs that their users change and the security officer sets. */
class PinChangeTest extends ProgramTests {

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

    private static void pins(MessageWriter out, long session, String old, String fresh) {
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
}
