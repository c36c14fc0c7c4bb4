package org.cofferhsm.hsm.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UserLogsTest {

    private final LogLines lines = new LogLines();
    private final UserLogs logs = new UserLogs(lines);

    private void write(String user, int count) {
        for (int i = 0; i < count; i++) {
            logs.of(user).line(user + " erred");
        }
    }

    @Test
    void countsWhatItLeavesOutOfEachUserForItself() {
        write("mallory", UserLogs.MOST_LINES + 7);
        write("alice", 1);
        assertThat(lines.lines()).hasSize(UserLogs.MOST_LINES + 1).endsWith("alice erred");

        logs.endPeriods(Duration.ZERO);
        assertThat(lines.lines()).endsWith("7 more lines on programs of user mallory were left out");

        write("mallory", 1);
        assertThat(lines.lines()).endsWith("mallory erred");
    }

    @Test
    void shortensWhatAProgramHasSent() {
        logs.of("mallory").line("no such name: " + "x".repeat(1 << 20));
        assertThat(lines.lines())
                .singleElement()
                .asString()
                .hasSizeLessThan(1100)
                .startsWith("no such name: xxx");
    }
}
