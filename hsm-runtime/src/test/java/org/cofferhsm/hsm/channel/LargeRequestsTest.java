package org.cofferhsm.hsm.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LargeRequestsTest {

    private static final int LARGEST = 4 + Frame.MAX_LENGTH;

    @Test
    void leavesTheOtherHalfToOtherUsers() throws IOException {
        LargeRequests requests = LargeRequests.least(Duration.ofMillis(1));
        requests.of("mallory").take(LARGEST);

        assertThatThrownBy(() -> requests.of("mallory").take(20_000)).isInstanceOf(BrokenFrameException.class);
        requests.of("alice").take(LARGEST);
        assertThatThrownBy(() -> requests.of("bob").take(20_000)).isInstanceOf(BrokenFrameException.class);
    }

    @Test
    void letsOneWaitUntilAnotherGivesItsRoomBack() throws Exception {
        LargeRequests requests = LargeRequests.least(Duration.ofSeconds(20));
        FrameRoom room = requests.of("alice");
        room.take(LARGEST);
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> take(room));
        assertThat(waiting).isNotDone();

        room.giveBack(LARGEST);

        assertThat(waiting).succeedsWithin(Duration.ofSeconds(10));
    }

    private static void take(FrameRoom room) {
        try {
            room.take(LARGEST);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
