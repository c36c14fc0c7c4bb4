package org.cofferhsm.hsm.session.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.MacKey;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.SecretBytes;
import org.junit.jupiter.api.Test;

class TicketTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private final Ticket ticket = new Ticket(
            7, "alice", Octets.of(new byte[32]), Octets.of(new byte[32]), NOON, NOON.plus(Duration.ofHours(12)));
    private final TicketSeal seal = seal(1);

    private static TicketSeal seal(int key) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) key;
        return new TicketSeal(new MacKey(Engine.withoutNativeCode(), SecretBytes.owning(bytes)));
    }

    @Test
    void isReadAsItWasSealed() {
        assertThat(seal.open(seal.seal(ticket))).contains(ticket);
        assertThat(ticket.toString()).isEqualTo("Ticket of alice");
    }

    @Test
    void isRefusedWhateverByteIsChangedOrMissing() {
        byte[] sealed = seal.seal(ticket);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThat(seal.open(changed)).as("byte %d", i).isEmpty();
            assertThat(seal.open(java.util.Arrays.copyOf(sealed, i))).isEmpty();
        }
        assertThat(seal.open(java.util.Arrays.copyOf(sealed, sealed.length + 1)))
                .isEmpty();
        assertThat(seal.open(new byte[1 << 20])).isEmpty();
    }

    @Test
    void isRefusedByAnotherModule() {
        assertThat(seal(2).open(seal.seal(ticket))).isEmpty();
    }

    /** Else what is signed for one purpose could be shown for the other. */
    @Test
    void digestsOfPinsAreNotMacsOfTickets() {
        byte[] signed = java.util.Arrays.copyOfRange(seal.seal(ticket), 1, seal.seal(ticket).length - 32);
        try (SecretBytes same = SecretBytes.owning(signed)) {
            byte[] sealed = seal.seal(ticket);
            assertThat(seal.digest(same))
                    .isNotEqualTo(Octets.of(java.util.Arrays.copyOfRange(sealed, sealed.length - 32, sealed.length)));
        }
    }

    @Test
    void isGoodUntilItsTimeIsOver() {
        assertThat(ticket.isGoodAt(NOON)).isTrue();
        assertThat(ticket.isGoodAt(NOON.plus(Duration.ofHours(12)).minusMillis(1)))
                .isTrue();
        assertThat(ticket.isGoodAt(NOON.plus(Duration.ofHours(12)))).isFalse();
    }

    @Test
    void isNotGoodWhenTheClockWentBack() {
        assertThat(ticket.isGoodAt(NOON.minus(Duration.ofMinutes(1)))).isTrue();
        assertThat(ticket.isGoodAt(NOON.minus(Duration.ofMinutes(1)).minusMillis(1)))
                .isFalse();
    }
}
