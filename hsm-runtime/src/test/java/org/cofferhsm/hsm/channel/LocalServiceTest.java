package org.cofferhsm.hsm.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.junit.jupiter.api.Test;

/** How a service answers calls. */
class LocalServiceTest extends ServiceTests {

    @Test
    void answersInOrderUnderTheRequestsNumber() throws IOException {
        serve();
        try (Knock knock = fixture.greeted(ClientNumber.draw())) {
            for (int i = 0; i < 10; i++) {
                knock.ask(1000 + i, EchoService.ECHO, bytes((byte) i));
            }
            for (int i = 0; i < 10; i++) {
                Knock.Answer answer = knock.answer();
                assertThat(answer.id()).isEqualTo(1000 + i);
                assertThat(answer.fields().bytes()).containsExactly(i);
            }
        }
    }

    @Test
    void carriesAMessageOfSixteenMebibytes() throws IOException {
        serve();
        byte[] most = new byte[(1 << 24) - 12 - 4];
        new Random(7).nextBytes(most);
        try (Knock knock = fixture.greeted(ClientNumber.draw())) {
            assertThat(knock.ask(EchoService.ECHO, bytes(most)).fields().bytes())
                    .isEqualTo(most);
        }
    }

    @Test
    void passesAServicesOwnStatusAndItsBodyOn() throws IOException {
        serve();
        try (Knock knock = fixture.greeted(ClientNumber.draw())) {
            Knock.Answer answer = knock.ask(EchoService.OWN_STATUS, nothing());

            assertThat(answer.status()).isEqualTo(0x30);
            assertThat(answer.fields().u8()).isEqualTo(42);
        }
    }

    @Test
    void staysOpenAfterWhatFails() throws IOException {
        serve();
        try (Knock knock = fixture.greeted(ClientNumber.draw())) {
            assertThat(knock.ask(EchoService.ECHO, new MessageWriter(8).u32(9)).status())
                    .isEqualTo(0xffff0005);
            assertThat(knock.ask(EchoService.DEFECT, nothing()).status()).isEqualTo(0xffff0006);
            assertThat(knock.ask(EchoService.REFUSAL, nothing()).status()).isEqualTo(0xffff0006);
            assertThat(knock.ask(EchoService.BYTES, new MessageWriter(8).u32(1 << 24))
                            .status())
                    .isEqualTo(0xffff0006);
            assertThat(knock.ask(999, nothing()).status()).isEqualTo(0xffff0007);
            assertThat(knock.ask(EchoService.ECHO, bytes((byte) 1)).status()).isZero();
        }
        assertThat(fixture.log.lines())
                .anyMatch(line -> line.contains("the deliberate defect") && line.contains("knock[4711] of "))
                .anyMatch(line -> line.contains("the deliberate refusal"))
                .anyMatch(line -> line.contains("malformed"));
    }

    @Test
    void closesWhenALengthLies() throws IOException {
        serve();
        for (int length : new int[] {0, 11, -1, (1 << 24) + 1, Integer.MAX_VALUE}) {
            try (Knock knock = fixture.greeted(ClientNumber.draw())) {
                knock.send(ByteBuffer.allocate(16).putInt(length).rewind());
                assertThat(knock.closed()).isTrue();
            }
        }
    }

    /** The peer sends on without reading its replies, until both sides' buffers are full. */
    @Test
    void isNotHeldUpByAPeerThatDoesNotRead() throws Exception {
        serve();
        Knock deaf = fixture.greeted(ClientNumber.draw());
        CompletableFuture<Void> talking = CompletableFuture.runAsync(() -> talk(deaf));
        try (Knock other = fixture.greeted(ClientNumber.draw())) {
            for (int i = 0; i < 100; i++) {
                assertThat(other.ask(EchoService.ECHO, bytes((byte) i)).status())
                        .isZero();
            }
        }
        deaf.close();
        assertThat(talking).failsWithin(Duration.ofSeconds(20));
        try (StatusClient client = StatusClient.connect(ServiceAddress.onSocket(fixture.socket()))) {
            Eventually.holds(() -> client.status().connections() == 1);
        }
    }

    private static void talk(Knock deaf) {
        try {
            while (true) {
                deaf.ask(1, EchoService.BYTES, new MessageWriter(8).u32(100_000));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void servesManyClientsAtOnce() throws Exception {
        serve();
        ExecutorService threads = Executors.newFixedThreadPool(40);
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            byte own = (byte) i;
            all.add(threads.submit(() -> echoes(own)));
        }
        for (Future<Integer> one : all) {
            assertThat(one.get(50, TimeUnit.SECONDS)).isEqualTo(200);
        }
        threads.shutdown();
        assertThat(fixture.echo.connected).hasValue(40);
    }

    private int echoes(byte own) throws IOException {
        try (Knock knock = fixture.greeted(ClientNumber.draw())) {
            byte[] mine = new byte[300 * (own + 1)];
            Arrays.fill(mine, own);
            for (int i = 0; i < 199; i++) {
                assertThat(knock.ask(EchoService.ECHO, bytes(mine)).fields().bytes())
                        .isEqualTo(mine);
            }
            return knock.ask(EchoService.COUNT, nothing()).fields().u32();
        }
    }
}
