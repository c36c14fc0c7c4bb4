package org.cofferhsm.hsm.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PoolTest {
    private final AtomicInteger made = new AtomicInteger();
    private final Pool<Integer> pool = new Pool<>(made::incrementAndGet);

    @Test
    void givesAnObjectToOneUserAtATime() {
        int first = pool.take();
        assertThat(pool.take()).isNotEqualTo(first);
    }

    @Test
    void givesAgainWhatCameBack() {
        int first = pool.take();
        pool.give(first);
        assertThat(pool.take()).isEqualTo(first);
    }

    @Test
    void forgetsWhatCameBack() {
        pool.give(pool.take());
        pool.forget();
        assertThat(pool.take()).isEqualTo(2);
    }
}
