package org.cofferhsm.hsm.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChannelClientTest {

    private static final Treatment SHORT = new Treatment(Duration.ofMillis(300), true);

    @TempDir
    Path home;

    private ServiceFixture fixture;

    @BeforeEach
    void serve() {
        fixture = ServiceFixture.in(home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private ChannelClient connect() {
        return ChannelClient.connect(ServiceAddress.onSocket(fixture.socket()), "echo");
    }

    private static byte[] echo(ChannelClient client, byte... bytes) {
        return client.call(EchoService.ECHO, new MessageWriter(16).bytes(bytes), Treatment.ONCE, MessageReader::bytes);
    }

    private static int count(ChannelClient client, Treatment treatment) {
        return client.call(EchoService.COUNT, new MessageWriter(0), treatment, MessageReader::u32);
    }

    @Test
    void callsAndReadsTheResults() {
        try (ChannelClient client = connect()) {
            assertThat(echo(client, (byte) 1, (byte) 2)).containsExactly(1, 2);
            assertThat(echo(client, new byte[1_000_000])).hasSize(1_000_000);
            assertThat(client.welcome().serial()).isEqualTo(fixture.module.hsm().serialNumber());
        }
    }

    @Test
    void isOneClientWithManyConnections() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try (ChannelClient client = connect()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                byte own = (byte) i;
                all.add(threads.submit(() -> {
                    for (int call = 0; call < 200; call++) {
                        assertThat(echo(client, own)).containsExactly(own);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get(50, TimeUnit.SECONDS);
            }
            assertThat(count(client, Treatment.ONCE)).isEqualTo(16 * 200 + 1);
        }
        threads.shutdown();
        assertThat(fixture.echo.connected).hasValue(1);
    }

    @Test
    void endsACallAtItsDeadline() {
        try (ChannelClient client = connect()) {
            long start = System.nanoTime();
            assertThat(assertRefused(
                            Reason.SERVICE_UNAVAILABLE,
                            () -> client.call(EchoService.WAIT, new MessageWriter(0), SHORT, results -> results)))
                    .hasMessageContaining("not known");

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT.deadline(), Duration.ofSeconds(5));
            assertThat(echo(client, (byte) 3)).containsExactly(3);
        }
        fixture.echo.release();
    }

    @Test
    void passesTheServicesFailuresOn() {
        try (ChannelClient client = connect()) {
            assertThat(assertRefused(
                            Reason.INTERNAL,
                            () -> client.call(
                                    EchoService.DEFECT, new MessageWriter(0), Treatment.ONCE, results -> results)))
                    .hasMessageContaining("FAILED");
            assertThat(echo(client, (byte) 3)).containsExactly(3);
        }
    }

    @Test
    void resumesOnceBeforeAnyOtherCallWhenTheServiceWasRestarted() throws Exception {
        AtomicInteger resumed = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (ChannelClient client = ChannelClient.connect(ServiceAddress.onSocket(fixture.socket()), "echo", caller -> {
            resumed.incrementAndGet();
            int before = caller.call(EchoService.COUNT, new MessageWriter(0), MessageReader::u32);
            assertThat(before).isEqualTo(1);
        })) {
            echo(client, (byte) 1);
            fixture.restart();
            List<Future<byte[]>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> echo(client, (byte) 9)));
            }
            for (Future<byte[]> one : all) {
                assertThat(one.get(20, TimeUnit.SECONDS)).containsExactly(9);
            }
            assertThat(resumed).hasValue(1);
        }
        threads.shutdown();
    }

    @Test
    void resumesAgainWhenAResumptionFailed() {
        AtomicInteger tries = new AtomicInteger();
        try (ChannelClient client = ChannelClient.connect(ServiceAddress.onSocket(fixture.socket()), "echo", caller -> {
            if (tries.incrementAndGet() == 1) {
                throw HsmException.pinIncorrect("the deliberate refusal of a ticket");
            }
        })) {
            fixture.restart();
            assertRefused(Reason.PIN_INCORRECT, () -> echo(client, (byte) 1));
            assertThat(echo(client, (byte) 2)).containsExactly(2);
            assertThat(tries).hasValue(2);
        }
    }

    @Test
    void saysThatNobodyAnswersAndConnectsWhenSomebodyDoes() {
        try (ChannelClient client = connect()) {
            fixture.service().close();
            assertThat(assertRefused(Reason.SERVICE_UNAVAILABLE, () -> echo(client, (byte) 1)))
                    .hasMessageContaining("coffer serve");
            fixture.restart();
            assertThat(echo(client, (byte) 1)).containsExactly(1);
        }
    }

    @Test
    void repeatsOnlyWhatMayBeRepeated() throws Exception {
        try (ServerSocketChannel deaf = deaf("once");
                ServerSocketChannel deafToo = deaf("repeated")) {
            Half once = new Half(deaf);
            Half repeated = new Half(deafToo);
            try (ChannelClient client = ChannelClient.connect(ServiceAddress.onSocket(home.resolve("once")), "echo")) {
                assertRefused(Reason.SERVICE_UNAVAILABLE, () -> count(client, Treatment.ONCE));
            }
            try (ChannelClient client =
                    ChannelClient.connect(ServiceAddress.onSocket(home.resolve("repeated")), "echo")) {
                assertRefused(Reason.SERVICE_UNAVAILABLE, () -> count(client, Treatment.REPEATABLE));
            }
            assertThat(once.calls).hasValue(1);
            assertThat(repeated.calls).hasValue(3);
        }
    }

    private ServerSocketChannel deaf(String name) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(home.resolve(name)));
    }

    /** Greets, takes a call, and closes the connection instead of answering it. */
    private static final class Half {

        private final AtomicInteger calls = new AtomicInteger();

        Half(ServerSocketChannel server) {
            Thread thread = new Thread(() -> serve(server));
            thread.setDaemon(true);
            thread.start();
        }

        private void serve(ServerSocketChannel server) {
            try {
                while (true) {
                    try (var channel = server.accept()) {
                        FrameReader reader = new FrameReader(channel, new Stall(), FrameRoom.UNLIMITED);
                        MessageWriter welcome = new MessageWriter(64);
                        new Welcome(true, org.cofferhsm.hsm.key.Octets.of(new byte[16]), "1").write(welcome);
                        new FrameWriter(channel)
                                .write(reader.next().orElseThrow().id(), 0, welcome);
                        reader.next().ifPresent(call -> calls.incrementAndGet());
                    }
                }
            } catch (IOException e) {
                assertThat(server.isOpen()).isFalse();
            }
        }
    }

    @Test
    void refusesAnotherModuleUnderTheSameName(@TempDir Path second) {
        try (ChannelClient client = connect();
                ServiceFixture other = ServiceFixture.in(second)) {
            fixture.service().close();
            try (LocalService impostor = LocalService.start(
                    other.module.hsm(), ServiceOptions.at(fixture.socket()), List.of(other.echo), other.log)) {
                assertThat(impostor.socket()).contains(fixture.socket());
                assertThat(assertRefused(Reason.SERVICE_REFUSED, () -> echo(client, (byte) 1)))
                        .hasMessageContaining("another module");
            }
        }
    }

    @Test
    void endsByTheDeadlineWhereTheServiceHangs() throws IOException {
        Path hanging = home.resolve("hanging");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(hanging), 1);
            Door door = new Door(ServiceAddress.onSocket(hanging));
            List<AutoCloseable> queue = new ArrayList<>();
            assertRefused(Reason.SERVICE_UNAVAILABLE, () -> {
                while (true) {
                    queue.add(door.open(System.nanoTime() + 200_000_000L));
                }
            });
            assertThat(queue).isNotEmpty();
        }
        assertThat(Files.exists(hanging)).isTrue();
    }

    @Test
    void saysWhichServiceIsNotThere() {
        assertThat(assertRefused(
                        Reason.SERVICE_REFUSED,
                        () -> ChannelClient.connect(ServiceAddress.onSocket(fixture.socket()), "ekm")))
                .hasMessageContaining("\"ekm\"");
        assertRefused(
                Reason.SERVICE_UNAVAILABLE,
                () -> ChannelClient.connect(ServiceAddress.onSocket(home.resolve("none")), "echo"));
    }
}
