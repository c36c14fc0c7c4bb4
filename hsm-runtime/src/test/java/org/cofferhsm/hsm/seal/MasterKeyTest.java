package org.cofferhsm.hsm.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.junit.jupiter.api.Test;

class MasterKeyTest {

    private static final Octets MODULE = Octets.ofHex("000102030405060708090a0b0c0d0e0f");
    private static final byte[] KEY = filled((byte) 0x5a);

    private static byte[] filled(byte value) {
        byte[] key = new byte[32];
        Arrays.fill(key, value);
        return key;
    }

    @Test
    void lendsACopyThatIsWipedAfterwards() {
        try (MasterKey key = MasterKey.of(MODULE, KEY)) {
            byte[] kept = key.use(lent -> {
                assertThat(lent).isEqualTo(KEY);
                return lent;
            });
            assertThat(kept).isEqualTo(new byte[32]);
            assertThatThrownBy(() -> key.use(lent -> {
                        throw new IllegalStateException("borrower failed");
                    }))
                    .hasMessage("borrower failed");
            assertThat(key.<byte[]>use(byte[]::clone)).isEqualTo(KEY);
        }
    }

    @Test
    void isWipedWhenClosed() {
        PlainMemory memory = new PlainMemory(32, "test");
        MasterKey key = MasterKey.of(MODULE, KEY, memory);
        key.close();
        key.close();
        byte[] left = new byte[32];
        memory.read(left);
        assertThat(left).isEqualTo(new byte[32]);
        assertThatThrownBy(() -> key.use(lent -> lent))
                .isInstanceOfSatisfying(
                        HsmException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MODULE_LOCKED));
    }

    @Test
    void closesSafelyWhileOthersUseIt() throws InterruptedException {
        MasterKey key = MasterKey.of(MODULE, KEY);
        Thread[] users = new Thread[3];
        AtomicBoolean wrong = new AtomicBoolean();
        for (int i = 0; i < users.length; i++) {
            users[i] = new Thread(() -> {
                try {
                    while (true) {
                        if (!key.use(lent -> Arrays.equals(lent, KEY))) {
                            wrong.set(true);
                        }
                    }
                } catch (HsmException e) {
                    return; // closed
                }
            });
            users[i].start();
        }
        Thread.sleep(20);
        key.close();
        for (Thread user : users) {
            user.join();
        }
        assertThat(wrong).isFalse();
    }

    @Test
    void saysNothingOfItself() {
        try (MasterKey key = MasterKey.of(MODULE, KEY)) {
            assertThat(key.toString()).isEqualTo("MasterKey[0x000102030405060708090a0b0c0d0e0f]");
            assertThat(key.protections()).hasSize(4);
        }
    }

    @Test
    void refusesAnotherLength() {
        assertThatThrownBy(() -> MasterKey.of(MODULE, new byte[31])).isInstanceOf(HsmException.class);
    }
}
