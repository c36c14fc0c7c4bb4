package org.cofferhsm.signtool.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.tsp.TimeStampReq;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.signtool.testing.LoopbackServer;
import org.junit.jupiter.api.Test;

/** Servers that answer badly by HTTP, or not at all. */
class TimestampServerTest extends Rfc3161Tests {

    @Test
    void givesUpOnAnAnswerThatIsTooLong() throws Exception {
        assertThat(reason(request -> new byte[LIMIT + 1])).contains("longer than " + LIMIT);
    }

    @Test
    void givesUpOnAnAnswerThatNeverEnds() throws Exception {
        String reason = reasonOfHttp(
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", REPLY);
                    exchange.sendResponseHeaders(200, 0);
                    byte[] block = new byte[1000];
                    while (true) { // until the client breaks off
                        exchange.getResponseBody().write(block);
                        exchange.getResponseBody().flush();
                    }
                },
                Duration.ofSeconds(30));
        assertThat(reason).contains("longer than " + LIMIT);
    }

    @Test
    void givesUpOnSilenceAndOnHalfAnAnswer() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try {
            assertThat(reasonOfHttp(exchange -> await(over), Duration.ofSeconds(1)))
                    .contains("within 1 s");
            assertThat(reasonOfHttp(
                            exchange -> {
                                exchange.getResponseHeaders().set("Content-Type", REPLY);
                                exchange.sendResponseHeaders(200, 500);
                                exchange.getResponseBody().write(0x30);
                                exchange.getResponseBody().flush();
                                await(over);
                            },
                            Duration.ofSeconds(1)))
                    .contains("within 1 s");
        } finally {
            over.countDown();
        }
    }

    private static void await(CountDownLatch over) {
        try {
            assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) { // the server is closed
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void takesNoHttpErrorForAnAnswer() throws Exception {
        assertThat(reasonOfHttp(
                        exchange -> {
                            exchange.sendResponseHeaders(500, -1);
                            exchange.close();
                        },
                        Duration.ofSeconds(20)))
                .contains("HTTP status 500");
    }

    @Test
    void followsNoRedirection() throws Exception {
        try (LoopbackServer other = server(Rfc3161Tests::good)) {
            String reason = reasonOfHttp(
                    exchange -> {
                        exchange.getResponseHeaders().set("Location", other.url());
                        exchange.sendResponseHeaders(307, -1);
                        exchange.close();
                    },
                    Duration.ofSeconds(20));

            assertThat(reason).contains("HTTP status 307");
            assertThat(other.requests()).isZero();
        }
    }

    @Test
    void wantsTheContentTypeOfTheProtocol() throws Exception {
        try (LoopbackServer server =
                LoopbackServer.answering("text/html", body -> good(TimeStampReq.getInstance(body)))) {
            assertThat(reasonOf(source(server.url(), RULES))).contains("text/html");
        }
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(reasonOf(source("http://127.0.0.1:" + port + "/", RULES))).contains("cannot be reached");
    }

    @Test
    void refusesAddressesThatAreNone() {
        for (String text : List.of("ftp://example.test/", "file:///etc/passwd", "http:", "not an address", "")) {
            assertRefused(Reason.ARGUMENT_INVALID, () -> TimestampServer.at(text));
        }
    }
}
