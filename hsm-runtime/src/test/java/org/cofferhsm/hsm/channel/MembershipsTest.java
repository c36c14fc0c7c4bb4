package org.cofferhsm.hsm.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MembershipsTest {

    private final LogLines log = new LogLines();

    private Memberships by(String script, Duration patience) {
        return new Memberships(log, List.of("sh", "-c", script, "sh"), patience);
    }

    @Test
    void takesTwoGroupsOfOneNameForOne() {
        assertThat(by("echo staff $1 staff", Duration.ofSeconds(20)).apply("alice"))
                .containsExactlyInAnyOrder("staff", "alice");
    }

    @Test
    void letsADirectoryThatHangsHoldUpNobodyForLong() {
        long start = System.nanoTime();
        assertThat(by("exec sleep 60", Duration.ofMillis(100)).apply("alice")).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(log.lines()).singleElement().asString().contains("alice", "did not answer");
    }
}
