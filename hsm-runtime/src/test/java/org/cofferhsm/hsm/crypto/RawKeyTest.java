package org.cofferhsm.hsm.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class RawKeyTest {

    private static final int ROUNDS = 200;

    /** Long, so that a copy and a wipe take long enough to meet. */
    private static final int BYTES = 1 << 20;

    @Test
    void isNeverGivenOutWhileItIsWiped() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] value = new byte[BYTES];
            Arrays.fill(value, (byte) 0x5a);
            RawKey key = new RawKey("AES", value);
            CyclicBarrier start = new CyclicBarrier(2);
            CompletableFuture<byte[]> copy = CompletableFuture.supplyAsync(() -> copied(key, start));
            start.await();
            key.destroy();
            assertThat(indexOfZero(copy.get())).as("the first wiped byte").isEqualTo(-1);
        }
    }

    private static byte[] copied(RawKey key, CyclicBarrier start) {
        try {
            start.await();
            return key.getEncoded();
        } catch (IllegalStateException refused) {
            return new byte[0];
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static int indexOfZero(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }
}
