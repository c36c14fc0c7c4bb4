package org.cofferhsm.signtool.commandline.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.cli.TestTerminal;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.TestModule;
import org.cofferhsm.signtool.CodeSigningKeys;
import org.cofferhsm.signtool.SigningKey;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.testing.TestTsa;
import org.cofferhsm.signtool.testing.TinyPe;
import org.cofferhsm.signtool.tsa.TsaRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file that is signed once more while an authority is asked for the timestamp of its signature. */
@Timeout(120)
class TimestampRaceTest {

    @TempDir
    private Path directory;

    private TestModule module;

    private TestTerminal run(int status, String line) {
        TestTerminal terminal = new TestTerminal(directory, module.environment("release"), List.of());
        assertThat(new SigntoolCommand().run(List.of(line.split(" ")), terminal))
                .as(terminal.written() + terminal.complaints())
                .isEqualTo(status);
        return terminal;
    }

    @Test
    void keepsTheSignatureThatCameMeanwhile() throws Exception {
        module = TestModule.create(directory.resolve("module"), "release");
        module.as(
                "release",
                session -> new CodeSigningKeys(session)
                        .findOrCreate("release", SigningKey.P256, new X500Principal("CN=Example Releases")));
        Path file = TinyPe.withOverlay(3).write(directory.resolve("setup.exe"));
        run(0, "sign /a /fd sha256 setup.exe");
        try (Hsm hsm = TestModule.create(directory.resolve("tsa"), "stamps").open();
                Session session = TestModule.login(hsm, "stamps");
                TestTsa tsa = TestTsa.start(session, "tsa", KeyPairTemplate.ec(Curve.P256), TsaRules.usual())) {
            HttpServer slow = slowly(tsa, () -> run(0, "sign /a /as /fd sha256 setup.exe"));
            try {
                String url = "http://127.0.0.1:" + slow.getAddress().getPort() + "/";

                assertThat(run(1, "timestamp /tr " + url + " /td sha256 setup.exe")
                                .complaints())
                        .contains("was signed by somebody else meanwhile; try again");
            } finally {
                slow.stop(0);
            }
        }

        try (OpenFile open = OpenFile.read(file)) {
            byte[] primary = open.content().signatures().get(0).toByteArray();
            assertThat(AuthenticodeSignature.parse(primary).nested()).hasSize(1);
        }
    }

    /** The authority behind a server at which something else happens first. */
    private static HttpServer slowly(TestTsa tsa, Runnable first) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            first.run();
            forward(exchange, URI.create(tsa.url()));
        });
        server.start();
        return server;
    }

    private static void forward(HttpExchange exchange, URI authority) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(authority)
                .header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        exchange.getRequestBody().readAllBytes()))
                .build();
        try (exchange) {
            HttpResponse<byte[]> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            answer.headers().firstValue("Content-Type").orElseThrow());
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(answer.body());
            }
        } catch (InterruptedException e) {
            throw new IOException("nobody waits any more", e);
        }
    }
}
