package org.cofferhsm.hsm.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a service is found and how it ends, and what it forgets. */
class ServiceLifeTest extends ServiceTests {

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

        assertThat(Duration.ofNanos(System.nanoTime() - left)).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(15));
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

    @Test
    void leavesASocketAloneThatAnotherServiceAnswersOn(@TempDir Path second) {
        serve();
        try (ModuleFixture other = ModuleFixture.in(second)) {
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
