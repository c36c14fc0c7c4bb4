package org.cofferhsm.signtool.tsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.testing.SharedModule;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.testing.TestTsa;
import org.cofferhsm.signtool.testing.TinyPe;
import org.cofferhsm.signtool.timestamp.AuthenticodeSource;
import org.cofferhsm.signtool.timestamp.Rfc3161Source;
import org.cofferhsm.signtool.timestamp.TimestampRules;
import org.cofferhsm.signtool.timestamp.TimestampServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Our authority and our client, by HTTP. */
@Timeout(120)
class TsaServerTest {
    @RegisterExtension
    static final SharedModule MODULE = new SharedModule();

    private static final byte[] VALUE = {1, 2, 3};

    @TempDir
    private Path directory;

    private TestTsa tsa;
    private TimestampRules rules;

    @BeforeEach
    void start() {
        tsa = TestTsa.start(MODULE.login(), "tsa", KeyPairTemplate.ec(Curve.P256), TsaRules.usual());
        rules = TimestampRules.ANY_AUTHORITY.trusting(Set.of(tsa.certificate()));
    }

    @AfterEach
    void stop() {
        tsa.close();
    }

    private Rfc3161Source source() {
        return new Rfc3161Source(TimestampServer.at(tsa.url()), DigestAlgorithm.SHA384, rules);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create(tsa.url()));
    }

    @Test
    void satisfiesOurOwnClient() throws Exception {
        assertThat(source().token(VALUE).isEmpty()).isFalse();
    }

    @Test
    void countersignsForOurOwnClient() throws Exception {
        Path file = TinyPe.withOverlay(3).write(directory.resolve("tiny.exe"));
        AuthenticodeSignature signature = TestSigner.ofCode(TestCertificate.ec("secp256r1"))
                .signature(file, ContentOptions.of(DigestAlgorithm.SHA256));

        AuthenticodeSignature stamped = new AuthenticodeSource(TimestampServer.at(tsa.url()), rules).stamp(signature);

        assertThat(stamped.counterSignatures()).hasSize(1);
        assertThat(stamped.certificates()).contains(tsa.certificate());
    }

    @Test
    void answersManyAtOnce() {
        List<Octets> tokens =
                IntStream.range(0, 16).parallel().mapToObj(i -> token()).toList();

        assertThat(tokens).hasSize(16).doesNotHaveDuplicates();
    }

    private Octets token() {
        try {
            return source().token(VALUE);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void takesNothingButPosts() throws Exception {
        HttpResponse<String> response = send(request().GET());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("POST");
        assertThat(response.body()).contains("timestamp authority");
    }

    @Test
    void takesNothingButTheTwoProtocols() throws Exception {
        assertThat(send(request().header("Content-Type", "text/html").POST(BodyPublishers.ofString("x")))
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void refusesARequestThatIsTooLong() throws Exception {
        byte[] large = new byte[TsaHandler.LARGEST_REQUEST + 1];
        HttpRequest.Builder known =
                request().header("Content-Type", "application/timestamp-query").POST(BodyPublishers.ofByteArray(large));

        assertThat(send(known).statusCode()).isEqualTo(413);
        assertThat(source().token(VALUE).isEmpty()).isFalse();
    }

    @Test
    void answersGarbageAsTheProtocolSays() throws Exception {
        HttpResponse<String> response = send(
                request().header("Content-Type", "application/timestamp-query").POST(BodyPublishers.ofString("hello")));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/timestamp-reply");

        for (String legacy : List.of("", "!!!", "aGVsbG8=", "MAA=")) {
            assertThat(send(request()
                                    .header("Content-Type", "application/octet-stream")
                                    .POST(BodyPublishers.ofString(legacy)))
                            .statusCode())
                    .as(legacy)
                    .isEqualTo(400);
        }
    }

    @Test
    void goesOnWhenAClientBreaksOff() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", tsa.server().address().getPort())) {
            socket.getOutputStream()
                    .write(("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/timestamp-query\r\n"
                                    + "Content-Length: 500\r\n\r\nhalf")
                            .getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(source().token(VALUE).isEmpty()).isFalse();
    }

    @Test
    void stopsListening() throws Exception {
        tsa.server().close();

        Assertions.assertThatThrownBy(() -> send(request().GET())).isInstanceOf(ConnectException.class);
    }

    @Test
    void saysThatThePortIsTaken() {
        assertRefused(
                Reason.ARGUMENT_INVALID,
                () -> TsaServer.start(tsa.authority(), tsa.server().address(), 1));
    }
}
