package org.cofferhsm.hsm.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalServiceTest {

    @TempDir
    Path home;

    private ServiceFixture fixture;

    private ServiceFixture serve() {
        fixture = ServiceFixture.in(home);
        return fixture;
    }

    private ServiceFixture serve(Limits limits) {
        fixture = ServiceFixture.in(home, limits);
        return fixture;
    }

    @AfterEach
    void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    private static MessageWriter bytes(byte... bytes) {
        return new MessageWriter(64).bytes(bytes);
    }

    private static MessageWriter nothing() {
        return new MessageWriter(0);
    }

    @Nested
    class Greeted {

        @Test
        void saysWhichModuleAndSoftwareAnswer() throws IOException {
            serve();
            try (Knock knock = Knock.at(fixture.socket())) {
                Knock.Answer answer = knock.ask(1, Knock.greeting("echo", ClientNumber.draw(), 1));
                Welcome welcome = Welcome.read(answer.fields());

                assertThat(answer.status()).isZero();
                assertThat(welcome.known()).isFalse();
                assertThat(welcome.serial()).isEqualTo(fixture.module.hsm().serialNumber());
                assertThat(welcome.serial().length()).isEqualTo(16);
                assertThat(welcome.softwareVersion()).matches("\\d+\\.\\d+\\.\\d+.*");
            }
        }

        @Test
        void knowsAClientAgainByItsNumber() throws IOException {
            serve();
            ClientNumber number = ClientNumber.draw();
            try (Knock first = fixture.greeted(number);
                    Knock second = Knock.at(fixture.socket())) {
                Welcome welcome = Welcome.read(
                        second.ask(1, Knock.greeting("echo", number, 1)).fields());
                first.ask(EchoService.ECHO, bytes());

                assertThat(welcome.known()).isTrue();
                assertThat(second.ask(EchoService.COUNT, nothing()).fields().u32())
                        .isEqualTo(2);
                assertThat(fixture.echo.connected).hasValue(1);
            }
        }

        @Test
        void tellsOtherVersionsWhichItSpeaks() throws IOException {
            serve();
            try (Knock knock = Knock.at(fixture.socket())) {
                Knock.Answer answer =
                        knock.ask(1, new MessageWriter(8).u32(0x434f4652).u16(2));

                assertThat(answer.status()).isEqualTo(0xffff0001);
                assertThat(answer.fields().u16()).isEqualTo(1);
                assertThat(knock.closed()).isTrue();
            }
        }

        @Test
        void closesAfterAGreetingThatIsNone() throws IOException {
            serve();
            for (MessageWriter bad : List.of(
                    nothing(),
                    bytes((byte) 1),
                    new MessageWriter(8).u32(0x434f4652).u16(1))) {
                try (Knock knock = Knock.at(fixture.socket())) {
                    assertThat(knock.ask(1, bad).status()).isEqualTo(0xffff0005);
                    assertThat(knock.closed()).isTrue();
                }
            }
            try (Knock knock = Knock.at(fixture.socket())) {
                assertThat(knock.ask(EchoService.ECHO, bytes()).status()).isEqualTo(0xffff0005);
                assertThat(knock.closed()).isTrue();
            }
        }

        @Test
        void saysThatNobodyAnswersUnderAName() throws IOException {
            serve();
            try (Knock knock = Knock.at(fixture.socket())) {
                assertThat(knock.ask(1, Knock.greeting("ekm", ClientNumber.draw(), 1))
                                .status())
                        .isEqualTo(0xffff0004);
                assertThat(knock.closed()).isTrue();
            }
            assertThat(fixture.log.lines()).anyMatch(line -> line.contains("\"ekm\""));
        }
    }

    @Nested
    class Called {

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
            new java.util.Random(7).nextBytes(most);
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
                assertThat(knock.ask(EchoService.ECHO, new MessageWriter(8).u32(9))
                                .status())
                        .isEqualTo(0xffff0005);
                assertThat(knock.ask(EchoService.DEFECT, nothing()).status()).isEqualTo(0xffff0006);
                assertThat(knock.ask(EchoService.REFUSAL, nothing()).status()).isEqualTo(0xffff0006);
                assertThat(knock.ask(EchoService.BYTES, new MessageWriter(8).u32(1 << 24))
                                .status())
                        .isEqualTo(0xffff0006);
                assertThat(knock.ask(999, nothing()).status()).isEqualTo(0xffff0007);
                assertThat(knock.ask(EchoService.ECHO, bytes((byte) 1)).status())
                        .isZero();
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
                throw new java.io.UncheckedIOException(e);
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
                java.util.Arrays.fill(mine, own);
                for (int i = 0; i < 199; i++) {
                    assertThat(knock.ask(EchoService.ECHO, bytes(mine)).fields().bytes())
                            .isEqualTo(mine);
                }
                return knock.ask(EchoService.COUNT, nothing()).fields().u32();
            }
        }
    }

    @Nested
    class Limited {

        @Test
        void saysThatThereIsNoRoomAndHasRoomAgain() throws Exception {
            serve(new Limits(2, 2, 10));
            Knock one = fixture.greeted(ClientNumber.draw());
            try (Knock two = fixture.greeted(ClientNumber.draw());
                    Knock three = Knock.at(fixture.socket())) {
                Knock.Answer answer = three.ask(1, Knock.greeting("echo", ClientNumber.draw(), 1));
                assertThat(answer.status()).isEqualTo(0xffff0003);
                assertThat(answer.fields().text()).contains("2 connections");
                assertThat(two.ask(EchoService.ECHO, bytes()).status()).isZero();
            }
            one.close();
            Eventually.holds(this::hasRoom);
        }

        private boolean hasRoom() {
            try (Knock again = Knock.at(fixture.socket())) {
                return again.ask(1, Knock.greeting("echo", ClientNumber.draw(), 1))
                                .status()
                        == 0;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void limitsTheConnectionsOfOneUser() throws IOException {
            serve(new Limits(10, 1, 10));
            try (Knock one = fixture.greeted(ClientNumber.draw());
                    Knock two = Knock.at(fixture.socket())) {
                Knock.Answer answer = two.ask(1, Knock.greeting("echo", ClientNumber.draw(), 1));
                assertThat(answer.status()).isEqualTo(0xffff0003);
                assertThat(answer.fields().text()).contains("limit of one user");
                assertThat(one.ask(EchoService.ECHO, bytes()).status()).isZero();
            }
        }

        @Test
        void limitsTheClients() throws IOException {
            serve(new Limits(10, 10, 1));
            ClientNumber number = ClientNumber.draw();
            try (Knock one = fixture.greeted(number);
                    Knock other = Knock.at(fixture.socket());
                    Knock same = fixture.greeted(number)) {
                Knock.Answer answer = other.ask(1, Knock.greeting("echo", ClientNumber.draw(), 1));
                assertThat(answer.status()).isEqualTo(0xffff0003);
                assertThat(answer.fields().text()).contains("1 clients");
                assertThat(same.ask(EchoService.ECHO, bytes()).status()).isZero();
                assertThat(one.ask(EchoService.ECHO, bytes()).status()).isZero();
            }
        }
    }

    @Nested
    class Flooded {

        @Test
        void readsNoLargeGreeting() throws IOException {
            serve();
            try (Knock knock = Knock.at(fixture.socket())) {
                knock.send(ByteBuffer.allocate(16)
                        .putInt(1 << 20)
                        .putLong(1)
                        .putInt(1)
                        .flip());
                assertThat(knock.closed()).isTrue();
            }
        }

        @Test
        void leavesRoomForTheClientsOfOtherUsers() throws IOException {
            serve(new Limits(10, 10, 4));
            try (Knock one = fixture.greeted(ClientNumber.draw());
                    Knock two = fixture.greeted(ClientNumber.draw());
                    Knock three = fixture.greeted(ClientNumber.draw());
                    Knock four = Knock.at(fixture.socket())) {
                Knock.Answer answer = four.ask(1, Knock.greeting("echo", ClientNumber.draw(), 1));
                assertThat(answer.status()).isEqualTo(0xffff0003);
                assertThat(answer.fields().text()).contains("3 clients", "limit of one user");
                assertThat(List.of(one, two, three)).allMatch(Flooded::answers);
            }
        }

        private static boolean answers(Knock knock) {
            try {
                return knock.ask(EchoService.ECHO, bytes()).status() == 0;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void writesSoManyLinesOnOneUserAndThenTheirNumber() throws IOException {
            serve();
            try (Knock knock = fixture.greeted(ClientNumber.draw())) {
                for (int i = 0; i < 500; i++) {
                    knock.ask(EchoService.DEFECT, nothing());
                }
            }
            fixture.service().close();
            assertThat(fixture.log.lines().stream().filter(line -> line.contains("deliberate")))
                    .hasSizeLessThanOrEqualTo(3 * UserLogs.MOST_LINES);
            assertThat(fixture.log.lines()).anyMatch(line -> line.contains("more lines on programs of user"));
        }
    }

    @Nested
    class Ended {

        @Test
        void letsARunningCallFinish() throws Exception {
            serve();
            try (Knock busy = fixture.greeted(ClientNumber.draw());
                    Knock idle = fixture.greeted(ClientNumber.draw())) {
                busy.ask(5, EchoService.WAIT, nothing());
                fixture.echo.waiting.await();
                CompletableFuture<Void> stopping = CompletableFuture.runAsync(fixture.service()::close);
                assertThat(idle.closed()).isTrue();
                assertThat(stopping).isNotDone();
                fixture.echo.release();

                assertThat(busy.answer().status()).isZero();
                stopping.get(20, TimeUnit.SECONDS);
            }
            assertThat(fixture.socket()).doesNotExist();
            assertThat(fixture.echo.closed).hasValue(2);
        }

        @Test
        void cutsACallThatDoesNotFinish() throws Exception {
            serve();
            try (Knock busy = fixture.greeted(ClientNumber.draw())) {
                busy.ask(5, EchoService.WAIT, nothing());
                fixture.echo.waiting.await();
                long start = System.nanoTime();
                fixture.service().close();

                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
                assertThatThrownBy(busy::answer).isInstanceOf(IOException.class);
            }
            fixture.echo.release();
        }

        @Test
        void forgetsAClientSomeTimeAfterItsLastConnection() throws Exception {
            serve();
            ClientNumber number = ClientNumber.draw();
            fixture.greeted(number).close();
            try (Knock again = Knock.at(fixture.socket())) {
                assertThat(Welcome.read(again.ask(1, Knock.greeting("echo", number, 1))
                                        .fields())
                                .known())
                        .isTrue();
            }
            long left = System.nanoTime();
            Eventually.holds(() -> fixture.echo.closed.get() == 1);

            assertThat(Duration.ofNanos(System.nanoTime() - left))
                    .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(15));
        }

        @Test
        void isFoundWhileItRunsOnly() {
            serve();
            assertThat(Hsm.serviceOf(home)).contains(ServiceAddress.onSocket(fixture.socket()));
            fixture.service().close();
            assertThat(Hsm.serviceOf(home)).isEmpty();
        }

        @Test
        void isNotFoundThroughWhatAKilledOneLeft() {
            serve();
            fixture.service().close();
            fixture.module.hsm().announceService(ServiceAddress.onSocket(fixture.socket()));
            assertThat(Hsm.serviceOf(home)).isPresent();

            fixture.module.reopen();

            assertThat(Hsm.serviceOf(home)).isEmpty();
        }
    }

    @Test
    void leavesASocketAloneThatAnotherServiceAnswersOn(@TempDir Path second) {
        serve();
        try (org.cofferhsm.hsm.ModuleFixture other = org.cofferhsm.hsm.ModuleFixture.in(second)) {
            assertRefused(
                    Reason.MODULE_IN_USE,
                    () -> LocalService.start(other.hsm(), ServiceOptions.at(fixture.socket()), List.of(), fixture.log));
            assertThat(Hsm.serviceOf(second)).isEmpty();
        }
        try (StatusClient client = StatusClient.connect(ServiceAddress.onSocket(fixture.socket()))) {
            assertThat(client.status().clients()).isEqualTo(1);
        }
    }
}
