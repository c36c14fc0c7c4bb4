package org.cofferhsm.hsm.session.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.ModuleFixture.ALICE_PIN;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.HsmConfig;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.session.TicketHolder;
import org.cofferhsm.hsm.user.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {

    private static final TicketHolder HOLDER = new TicketHolder("www-data", Octets.of((byte) 1));
    private static final char[] WRONG = "wrong-pin-1".toCharArray();
    private static final char[] NEW = "new-pin-0001".toCharArray();

    @TempDir
    Path directory;

    private ModuleFixture module;

    @BeforeEach
    void open() {
        module = ModuleFixture.in(directory);
    }

    @AfterEach
    void close() {
        module.close();
    }

    private byte[] alicesTicket() {
        try (Session alice = module.alice()) {
            return module.hsm().ticketFor(alice, HOLDER);
        }
    }

    private void refused(byte[] ticket) {
        assertRefused(Reason.PIN_INCORRECT, () -> module.hsm().resume(ticket, HOLDER));
    }

    @Test
    void aTicketLogsInAlsoAfterARestart() {
        byte[] ticket = alicesTicket();
        module.reopen();

        try (Session alice = module.hsm().resume(ticket, HOLDER)) {
            assertThat(alice.user().name()).isEqualTo("alice");
            assertThat(alice.user().role()).isEqualTo(Role.CRYPTO_USER);
            module.hsm().resume(module.hsm().ticketFor(alice, HOLDER), HOLDER).close();
        }
    }

    @Test
    void theAuditLogTellsItFromALogin() {
        module.hsm().resume(alicesTicket(), HOLDER).close();
        refused(new byte[100]);

        try (Session eve = module.eve()) {
            assertThat(eve.auditTrail().read(1, 1000))
                    .anyMatch(entry -> entry.operation().equals("resume")
                            && entry.user().equals("alice")
                            && entry.result().equals("OK"))
                    .anyMatch(entry ->
                            entry.operation().equals("resume") && entry.result().equals("PIN_INCORRECT"));
        }
    }

    @Test
    void isForOneProcessOnly() {
        byte[] ticket = alicesTicket();

        for (TicketHolder other : List.of(
                new TicketHolder("root", HOLDER.process()), new TicketHolder(HOLDER.user(), Octets.of((byte) 2)))) {
            assertRefused(Reason.PIN_INCORRECT, () -> module.hsm().resume(ticket, other));
        }
        module.hsm().resume(ticket, HOLDER).close();
    }

    @Test
    void endsWhenThePinIsChangedOrReset() {
        byte[] ticket = alicesTicket();
        try (Session alice = module.alice()) {
            alice.users().changeOwnPin(ALICE_PIN, NEW);
            refused(ticket);
            byte[] fresh = module.hsm().ticketFor(alice, HOLDER);
            module.hsm().resume(fresh, HOLDER).close();
            try (Session admin = module.admin()) {
                admin.users().resetPin("alice", ALICE_PIN);
            }
            refused(fresh);
            refused(ticket);
        }
    }

    /** Else who knew the old PIN could stay for ever. */
    @Test
    void isNotGivenToASessionOfAnOldPin() {
        try (Session alice = module.alice();
                Session admin = module.admin()) {
            admin.users().resetPin("alice", NEW);

            assertRefused(Reason.PIN_INCORRECT, () -> module.hsm().ticketFor(alice, HOLDER));
        }
    }

    @Test
    void endsWithTheUserAlsoWhenAnotherTakesTheName() {
        byte[] ticket = alicesTicket();
        try (Session admin = module.admin()) {
            admin.users().delete("alice");
            refused(ticket);
            admin.users().create("alice", Role.CRYPTO_USER, ALICE_PIN);
            refused(ticket);
        }
    }

    @Test
    void isRefusedWhileTheUserIsLocked() {
        byte[] ticket = alicesTicket();
        for (int i = 0; i < 5; i++) {
            assertRefused(Reason.PIN_INCORRECT, () -> module.hsm().login("alice", WRONG));
        }

        assertRefused(Reason.USER_LOCKED, () -> module.hsm().resume(ticket, HOLDER));
    }

    @Test
    void outlivesAWrongPin() {
        byte[] ticket = alicesTicket();
        assertRefused(Reason.PIN_INCORRECT, () -> module.hsm().login("alice", WRONG));
        module.hsm().resume(ticket, HOLDER).close();
        module.alice().close();
        module.hsm().resume(ticket, HOLDER).close();
    }

    @Test
    void isRefusedWhileTheModuleIsLockedDown() {
        byte[] ticket = alicesTicket();
        module.hsm().lockDown(module.admin());

        assertRefused(Reason.MODULE_LOCKED, () -> module.hsm().resume(ticket, HOLDER));
    }

    @Test
    void endsWithItsTime() {
        module.close();
        HsmConfig config = HsmConfig.at(directory).withTicketLifetime(Duration.ZERO);
        try (Hsm hsm = Hsm.open(config, KeyFile.in(directory));
                Session alice = hsm.login("alice", ALICE_PIN)) {
            byte[] ticket = hsm.ticketFor(alice, HOLDER);

            assertRefused(Reason.PIN_INCORRECT, () -> hsm.resume(ticket, HOLDER));
        }
    }

    @Test
    void isNotGivenForASessionOfAnotherModuleOrAClosedOne(@TempDir Path second) {
        try (ModuleFixture other = ModuleFixture.in(second);
                Session foreign = other.alice()) {
            assertRefused(Reason.ARGUMENT_INVALID, () -> module.hsm().ticketFor(foreign, HOLDER));
            byte[] ticket = other.hsm().ticketFor(foreign, HOLDER);
            refused(ticket);
        }
        Session closed = module.alice();
        closed.close();
        assertRefused(Reason.SESSION_CLOSED, () -> module.hsm().ticketFor(closed, HOLDER));
    }
}
