package org.cofferhsm.hsm.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ConnectionsTest {

    @TempDir
    Path directory;

    private final LogLines log = new LogLines();
    private final Connections connections = new Connections(Limits.USUAL, log);
    private ServerSocketChannel server;
    private SocketChannel peer;
    private Connection connection;

    @BeforeEach
    void connect() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        peer = SocketChannel.open(address);
        connection = new Connection(server.accept(), new Peer("mallory", "mallory"), FrameRoom.UNLIMITED);
        assertThat(connections.admit(connection)).isEmpty();
    }

    @AfterEach
    void close() throws IOException {
        connection.cut();
        peer.close();
        server.close();
    }

    private Thread turningAway() {
        Thread thread = new Thread(() -> {
            try {
                connection.turnAway(Rejection.refused("no"));
            } catch (IOException e) {
                log.failure("ended", e);
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void cutsWhoDoesNotGreet() throws Exception {
        Thread thread = turningAway();
        Eventually.holds(() -> connection.stalledLongerThan(Duration.ZERO));

        connections.cutStalled(Duration.ofHours(1));
        assertThat(thread.isAlive()).isTrue();
        connections.cutStalled(Duration.ZERO);

        thread.join();
        assertThat(peer.read(ByteBuffer.allocate(1))).isNegative();
        assertThat(log.lines()).anyMatch(line -> line.contains("mallory") && line.contains("unfinished"));
    }

    @Test
    void countsNoMoreWhenAConnectionHasGone() {
        connections.remove(connection);
        connections.remove(connection);

        assertThat(connections.count()).isZero();
    }
}
