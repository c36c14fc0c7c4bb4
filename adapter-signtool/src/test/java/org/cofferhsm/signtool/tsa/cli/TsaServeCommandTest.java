package org.cofferhsm.signtool.tsa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferhsm.hsm.cli.TestTerminal;
import org.cofferhsm.hsm.testing.CofferProcess;
import org.cofferhsm.hsm.testing.TestModule;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.timestamp.Rfc3161Source;
import org.cofferhsm.signtool.timestamp.TimestampException;
import org.cofferhsm.signtool.timestamp.TimestampRules;
import org.cofferhsm.signtool.timestamp.TimestampServer;
import org.cofferhsm.signtool.verify.TimestampToken;
import org.cofferhsm.signtool.verify.TrustedBundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command in processes of its own, as an operator runs and ends it. */
@Timeout(300)
class TsaServeCommandTest {
    private static final int SIGTERM_STATUS = 128 + 15;
    private static final byte[] VALUE = {1, 2, 3};

    @TempDir
    private Path directory;

    private TestModule module;
    private Set<X509Certificate> trusted;

    @BeforeEach
    void init() throws Exception {
        module = TestModule.create(directory.resolve("module"), "stamps");
        assertThat(terminal()
                        .coffer(
                                "tsa",
                                "init",
                                "--label",
                                "tsa",
                                "--subject",
                                "CN=Example",
                                "--key-type",
                                "ec-p256",
                                "--out",
                                "tsa.pem"))
                .isZero();
        trusted = TrustedBundle.certificates(directory.resolve("tsa.pem"));
    }

    private TestTerminal terminal() {
        return new TestTerminal(directory, module.environment("stamps"));
    }

    private CofferProcess serve(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("tsa", "serve", "--label", "tsa", "--listen", "127.0.0.1:0"));
        arguments.addAll(List.of(options));
        return CofferProcess.start(module.environment("stamps"), arguments);
    }

    private static String url(CofferProcess process) throws Exception {
        String line = process.line("gives timestamps");
        return line.substring(line.indexOf("http://"));
    }

    private TimestampToken ask(String url) throws TimestampException {
        TimestampRules rules = TimestampRules.ANY_AUTHORITY.trusting(trusted);
        return TimestampToken.parse(new Rfc3161Source(TimestampServer.at(url), DigestAlgorithm.SHA256, rules)
                .token(VALUE)
                .toByteArray());
    }

    @Test
    void servesUntilItIsTerminatedAndThenAgain() throws Exception {
        Instant first;
        try (CofferProcess serving = serve("--policy", "1.3.6.1.4.1.99999.1", "--accuracy", "0.25")) {
            TimestampToken token = ask(url(serving));
            first = token.time();
            assertThat(token.info().getPolicy().getId()).isEqualTo("1.3.6.1.4.1.99999.1");
            assertThat(token.info().getAccuracy().getMillis().getValue()).isEqualTo(250);

            assertThat(serving.terminate()).isEqualTo(SIGTERM_STATUS);

            assertThat(serving.line("stopping")).contains("running ones finish");
        }
        try (CofferProcess again = serve()) {
            assertThat(ask(url(again)).time()).isAfter(first);
        }
    }

    @Test
    void isThereAgainWithinSecondsOfAKill() throws Exception {
        try (CofferProcess serving = serve()) {
            ask(url(serving));
            serving.kill();
        }
        try (CofferProcess again = serve()) {
            String url = url(again);
            Instant end = Instant.now().plus(Duration.ofSeconds(60));
            assertThat(untilGranted(url, end).time()).isBefore(end);
        }
    }

    private TimestampToken untilGranted(String url, Instant end) throws Exception {
        while (true) {
            try {
                return ask(url);
            } catch (TimestampException e) {
                assertThat(e.reason()).contains("timeNotAvailable");
                assertThat(Instant.now()).isBefore(end);
                Thread.sleep(100); // between two looks at a condition that another process meets
            }
        }
    }

    @Test
    void letsNoSlowClientHoldItUp() throws Exception {
        Map<String, String> impatient = new HashMap<>(module.environment("stamps"));
        impatient.put("JAVA_TOOL_OPTIONS", "-Dsun.net.httpserver.maxReqTime=1");
        List<String> arguments =
                List.of("tsa", "serve", "--label", "tsa", "--listen", "127.0.0.1:0", "--max-requests", "1");
        try (CofferProcess serving = CofferProcess.start(impatient, arguments)) {
            URI url = URI.create(url(serving));
            try (Socket slow = new Socket(url.getHost(), url.getPort())) {
                slow.getOutputStream()
                        .write(("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/timestamp-query\r\n"
                                        + "Content-Length: 500\r\n\r\nhalf")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(ask(url.toString()).time()).isNotNull();
                slow.setSoTimeout(60_000);
                assertThat(slow.getInputStream().read())
                        .as("the end of its patience")
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void resetsTheClockOnRequest() {
        TestTerminal terminal = terminal();

        assertThat(terminal.coffer("tsa", "init", "--label", "tsa", "--reset-clock"))
                .as(terminal.complaints())
                .isZero();
        assertThat(terminal.written()).contains("No time before 20");
        assertThat(terminal.coffer("tsa", "init", "--label", "nobody", "--reset-clock"))
                .isOne();
    }

    @Test
    void worksThroughTheService() throws Exception {
        try (CofferProcess service = CofferProcess.start(
                module.environment("stamps"),
                List.of("serve", "--home", module.home().toString()))) {
            service.line("serves the module");
            try (CofferProcess serving = serve()) {
                assertThat(ask(url(serving)).time()).isNotNull();
                assertThat(serving.terminate()).isEqualTo(SIGTERM_STATUS);
            }
            assertThat(service.terminate()).isEqualTo(SIGTERM_STATUS);
        }
    }

    @Test
    void saysWhatIsWrongWithTheCommandLine() {
        String[][] wrong = {
            {},
            {"--label", "tsa", "--listen", "nowhere"},
            {"--label", "tsa", "--listen", "127.0.0.1"},
            {"--label", "tsa", "--policy", "mine"},
            {"--label", "tsa", "--accuracy", "soon"},
            {"--label", "tsa", "--accuracy", "0.0001"},
            {"--label", "tsa", "--max-requests", "0"},
            {"--label", "tsa", "--key", "other"}
        };
        for (String[] options : wrong) {
            List<String> arguments = new ArrayList<>(List.of("tsa", "serve"));
            arguments.addAll(List.of(options));
            TestTerminal terminal = terminal();
            assertThat(terminal.coffer(arguments.toArray(String[]::new)))
                    .as("%s", arguments)
                    .isEqualTo(2);
            assertThat(terminal.complaints()).contains("Usage: coffer tsa serve");
        }
    }

    @Test
    void refusesWhatIsNoAuthoritysKey() {
        TestTerminal terminal = terminal();

        assertThat(terminal.coffer("tsa", "serve", "--key", "nobody")).isOne();
        assertThat(terminal.complaints()).contains("nobody", "[KEY_NOT_FOUND]");
        assertThat(terminal.coffer("tsa", "serve", "--key", "tsa", "--accuracy", "0"))
                .isOne();
    }
}
