package org.cofferhsm.hsm.session.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.SecretBytes;
import org.junit.jupiter.api.Test;

class SessionObjectsTest {

    private static final int ROUNDS = 100;

    /** Long, so that a copy and a wipe take long enough to meet. */
    private static final int BYTES = 1 << 20;

    @Test
    void aValueIsNeverGivenOutWhileItsSessionEnds() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            SessionObjects objects = new SessionObjects(new AtomicLong());
            KeyId handle = add(objects);
            HeldObject held = objects.catalogue().find(handle).orElseThrow();
            CyclicBarrier start = new CyclicBarrier(2);
            CompletableFuture<Boolean> whole = CompletableFuture.supplyAsync(() -> isWhole(held, start));
            start.await();
            objects.close();
            assertThat(whole.get()).isTrue();
        }
    }

    private static KeyId add(SessionObjects objects) {
        byte[] value = new byte[BYTES];
        Arrays.fill(value, (byte) 0x5a);
        try (SecretBytes secret = SecretBytes.owning(value)) {
            return objects.add(new NewObjectValue(Attributes.NONE, secret));
        }
    }

    /** Whether the value has all its bytes, or is refused. */
    private static boolean isWhole(HeldObject held, CyclicBarrier start) {
        try {
            start.await();
            try (SecretBytes value = held.value()) {
                return value.use(bytes -> {
                    byte[] expected = new byte[BYTES];
                    Arrays.fill(expected, (byte) 0x5a);
                    return Arrays.equals(bytes, expected);
                });
            }
        } catch (HsmException refused) {
            return true;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
