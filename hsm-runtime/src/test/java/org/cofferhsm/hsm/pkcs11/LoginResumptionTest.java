package org.cofferhsm.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.pkcs11.TemplateBuilder.template;

import java.util.function.Consumer;
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

/** Sessions that a program opens again when its service was lost, with and without a login. */
class LoginResumptionTest extends ProgramTests {

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
                MessageReader answer = resumed.call(Operation.RESUME, resumption(ticket, session, Program.READ_WRITE));
                assertThat(answer.bytes()).isNotEmpty();
            }
            assertThat(resumed.find(session, template())).containsExactly(key);
        }
    }

    @Test
    void opensTheSessionsAlthoughTheTicketIsNoGood() {
        try (Program resumed = Program.of(module.hsm())) {
            resumed.refused(Ckr.USER_NOT_LOGGED_IN, Operation.RESUME, resumption(new byte[64], 5, Program.READ_WRITE));
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
            resumed.refused(Ckr.USER_NOT_LOGGED_IN, Operation.RESUME, resumption(ticket, 5, flags));
        }
    }

    @Test
    void resumesSessionsWithoutALogin() {
        try (Program resumed = Program.of(module.hsm())) {
            MessageReader answer = resumed.call(Operation.RESUME, resumption(new byte[0], 5, Program.READ_ONLY));
            assertThat(answer.bytes()).isEmpty();
            resumed.call(Operation.RANDOM, out -> out.u64(5).u32(8));
        }
    }

    /** What a program sends that had one session. */
    private static Consumer<MessageWriter> resumption(byte[] ticket, long session, int flags) {
        return out -> out.bytes(ticket).raw(Program.NUMBER).u32(1).u64(session).u32(flags);
    }
}
