package org.cofferhsm.hsm.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.junit.jupiter.api.Test;

class AuditEventTest {

    private static AuditEvent withDetail(String detail) {
        return new AuditEvent("zoë", "wrap", 42, "KEY_NOT_FOUND", detail, Octets.of((byte) 1), Optional.empty());
    }

    @Test
    void comesBackFromItsBytes() {
        assertThat(AuditEvent.decode(SampleLog.change(9).encode())).isEqualTo(SampleLog.change(9));
        assertThat(AuditEvent.decode(withDetail("½ “quoted”").encode())).isEqualTo(withDetail("½ “quoted”"));
    }

    @Test
    void shortensALongDetailAtAWholeCharacter() {
        assertThat(withDetail("x".repeat(1024)).detail()).isEqualTo("x".repeat(1024));
        assertThat(withDetail("x".repeat(1025)).detail()).isEqualTo("x".repeat(1023) + "…");
        String pair = "\ud83d\ude00";
        assertThat(withDetail("x".repeat(1022) + pair + pair).detail()).isEqualTo("x".repeat(1022) + "…");
    }

    @Test
    void refusesAnEventThatIsTooLong() {
        String name = "n".repeat(66_000);
        AuditEvent event = new AuditEvent(name, "login", 0, "OK", "", Octets.EMPTY, Optional.empty());
        assertThatThrownBy(event::encode)
                .isInstanceOfSatisfying(
                        HsmException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ARGUMENT_INVALID));
    }

    @Test
    void refusesBytesThatAreNoEvent() {
        byte[] whole = SampleLog.change(9).encode();
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length));
        }
        assertRefused(Arrays.copyOf(whole, whole.length + 1));
        assertRefused(new byte[AuditEvent.MAX_BYTES + 1]);
        byte[] newer = whole.clone();
        newer[0] = 2;
        assertRefused(newer);
        byte[] notText = withDetail("abc").encode();
        notText[new String(notText, StandardCharsets.ISO_8859_1).indexOf("abc")] = (byte) 0xff;
        assertRefused(notText);
    }

    @Test
    void decodesOrRefusesAnyBytes() {
        Random random = new Random(20260101);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = SampleLog.change(i).encode();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(AuditEvent.decode(bytes).encode()).isEqualTo(bytes);
            } catch (HsmException e) {
                assertThat(e.reason()).isEqualTo(Reason.DATA_INVALID);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    private static void assertRefused(byte[] bytes) {
        assertThatThrownBy(() -> AuditEvent.decode(bytes))
                .isInstanceOfSatisfying(
                        HsmException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DATA_INVALID));
    }
}
