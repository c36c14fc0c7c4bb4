package org.cofferhsm.hsm.session.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.ModuleFixture.ALICE_PIN;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.HsmConfig;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.session.TicketHolder;
import org.cofferhsm.hsm.testing.MovedClock;
import org.cofferhsm.hsm.user.Role;
import org.cofferhsm.hsm.user.UserInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What time does to an old PIN, by a clock that stands until it is moved. */
class OldPinTest {

    private static final TicketHolder HOLDER = new TicketHolder("oracle", Octets.of((byte) 1));
    private static final char[] NEW = "new-pin-0001".toCharArray();
    private static final Duration WEEK = Duration.ofDays(7);

    private final MovedClock clock = new MovedClock();

    @TempDir
    Path directory;

    private Hsm hsm;

    @BeforeEach
    void open() {
        ModuleFixture.in(directory).close();
        reopen();
    }

    private void reopen() {
        hsm = Hsm.open(
                HsmConfig.at(directory).withClock(clock).withTicketLifetime(Duration.ofDays(100)),
                KeyFile.in(directory));
    }

    @AfterEach
    void close() {
        hsm.close();
    }

    private Session login(char[] pin) {
        return hsm.login("alice", pin);
    }

    private void changeKeepingOld() {
        try (Session alice = login(ALICE_PIN)) {
            alice.users().changeOwnPin(ALICE_PIN, NEW, WEEK);
        }
    }

    @Test
    void endsWithItsTimeAlsoWhereItIsKnownAlready() {
        changeKeepingOld();
        clock.pass(WEEK.minusMillis(1));
        login(ALICE_PIN).close();
        login(ALICE_PIN).close();
        clock.pass(Duration.ofMillis(1));

        assertRefused(Reason.PIN_INCORRECT, () -> login(ALICE_PIN));
        try (Session alice = login(NEW)) {
            assertThat(alice.user()).isEqualTo(new UserInfo("alice", Role.CRYPTO_USER, false, true, Optional.empty()));
        }
    }

    @Test
    void endsAcrossARestart() {
        changeKeepingOld();
        hsm.close();
        clock.pass(WEEK);
        reopen();

        assertRefused(Reason.PIN_INCORRECT, () -> login(ALICE_PIN));
        login(NEW).close();
    }

    @Test
    void afterItsTimeItIsAWrongPinLikeAnyOther() {
        changeKeepingOld();
        clock.pass(WEEK);
        for (int i = 0; i < 5; i++) {
            assertRefused(Reason.PIN_INCORRECT, () -> login(ALICE_PIN));
        }

        assertRefused(Reason.USER_LOCKED, () -> login(NEW));
    }

    /** Whoever has the old PIN must not get five tries at the new one again and again. */
    @Test
    void doesNotForgiveWrongPins() {
        changeKeepingOld();
        for (int i = 0; i < 4; i++) {
            assertRefused(Reason.PIN_INCORRECT, () -> login("guess-0001".toCharArray()));
        }
        login(ALICE_PIN).close();

        assertRefused(Reason.PIN_INCORRECT, () -> login("guess-0002".toCharArray()));
        assertRefused(Reason.USER_LOCKED, () -> login(ALICE_PIN));
        assertRefused(Reason.USER_LOCKED, () -> login(NEW));
    }

    @Test
    void theNewPinForgivesWrongPins() {
        changeKeepingOld();
        for (int i = 0; i < 10; i++) {
            assertRefused(Reason.PIN_INCORRECT, () -> login("guess-0001".toCharArray()));
            login(NEW).close();
        }
        login(ALICE_PIN).close();
    }

    /** A ticket stands for the PIN that was given, whichever login came first. */
    @Test
    void itsTicketsAreAsGoodAsItIs() {
        byte[] before;
        try (Session alice = login(ALICE_PIN)) {
            before = hsm.ticketFor(alice, HOLDER);
        }
        changeKeepingOld();
        byte[] during;
        byte[] present;
        try (Session old = login(ALICE_PIN);
                Session alice = login(NEW)) {
            during = hsm.ticketFor(old, HOLDER);
            present = hsm.ticketFor(alice, HOLDER);
        }
        hsm.resume(before, HOLDER).close();
        hsm.resume(during, HOLDER).close();
        clock.pass(WEEK);

        assertRefused(Reason.PIN_INCORRECT, () -> hsm.resume(before, HOLDER));
        assertRefused(Reason.PIN_INCORRECT, () -> hsm.resume(during, HOLDER));
        hsm.resume(present, HOLDER).close();
    }

    @Test
    void aSessionOfItGetsNoTicketAfterItsTime() {
        changeKeepingOld();
        try (Session old = login(ALICE_PIN)) {
            hsm.ticketFor(old, HOLDER);
            clock.pass(WEEK);

            assertRefused(Reason.PIN_INCORRECT, () -> hsm.ticketFor(old, HOLDER));
        }
    }

    @Test
    void aTicketOfItEndsWhenItIsEnded() {
        changeKeepingOld();
        try (Session old = login(ALICE_PIN)) {
            byte[] ticket = hsm.ticketFor(old, HOLDER);
            old.users().endOldPin("alice");

            assertRefused(Reason.PIN_INCORRECT, () -> hsm.resume(ticket, HOLDER));
        }
    }

    @Test
    void theStoredUserHasTheLowestVersionThatSaysIt() {
        UserAccount one = UserAccount.fresh(7, "alice", Role.CRYPTO_USER, true);
        UserAccount two = one.withOldPinUntil(Instant.ofEpochMilli(1_800_000_000_123L));

        assertThat(one.encode()[0]).isEqualTo((byte) 1);
        assertThat(two.encode()[0]).isEqualTo((byte) 2);
        assertThat(UserAccount.decode(7, one.encode())).isEqualTo(one);
        assertThat(UserAccount.decode(7, two.encode())).isEqualTo(two);
        assertRefused(Reason.STORE_VERSION_UNSUPPORTED, () -> UserAccount.decode(7, new byte[] {3}));
    }
}
