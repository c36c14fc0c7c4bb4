package org.cofferhsm.ekm.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.ekm.channel.EkmService;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.channel.LocalService;
import org.cofferhsm.hsm.channel.ServiceOptions;
import org.cofferhsm.hsm.channel.TokenAccess;
import org.cofferhsm.hsm.command.Finding;
import org.cofferhsm.hsm.command.Finding.Verdict;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor's way to a service on TCP. */
class ServiceProbeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path directory;

    private static Hsm hsm;
    private static LocalService service;

    @BeforeAll
    static void serve() {
        hsm = TestModule.create(directory.resolve("home"), "tde").open();
        service = LocalService.start(
                hsm,
                ServiceOptions.at(directory.resolve("s")).withToken(TokenAccess.onAddress("127.0.0.1:0", token())),
                List.of(new EkmService()),
                line -> {});
    }

    @AfterAll
    static void stop() {
        service.close();
        hsm.close();
    }

    private static Path token() {
        return directory.resolve("coffer.token");
    }

    private static ServiceAddress at(InetSocketAddress address, Path secret) {
        return ServiceAddress.onPort("127.0.0.1:" + address.getPort(), secret);
    }

    private static InetSocketAddress port() {
        return service.tcp().orElseThrow();
    }

    /** As only its owner may read it. */
    private static Path file(String name, String content) throws IOException {
        Path file = Files.writeString(directory.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void isLetInByTheSecretFile() {
        List<Finding> findings = ServiceCheck.of(at(port(), token()), Optional.empty());

        assertThat(findings).extracting(Finding::verdict).containsExactly(Verdict.OK, Verdict.NOTE);
        assertThat(findings.get(0).detail()).isEqualTo("ekm answers at 127.0.0.1:" + port().getPort());
    }

    @Test
    void isTurnedAwayWithAnotherSecret() throws Exception {
        Path other = file("other.token", "0".repeat(128));

        assertRefused(Reason.SERVICE_REFUSED, () -> ServiceProbe.connect(at(port(), other), PATIENCE));
    }

    @Test
    void saysNothingMoreToAServiceThatDoesNotKnowTheOtherHalf() throws Exception {
        String secret = Files.readString(token()).strip();
        Path half = file("half.token", secret.substring(0, 64) + "0".repeat(64));

        assertRefused(Reason.SERVICE_REFUSED, () -> ServiceProbe.connect(at(port(), half), PATIENCE))
                .hasMessageContaining("other half")
                .hasMessageNotContaining(secret.substring(0, 64));
    }

    @Test
    void refusesAFileThatHoldsNoSecretWithoutShowingIt() throws Exception {
        Path file = file("no.token", "f00d, or so");

        assertRefused(Reason.ARGUMENT_INVALID, () -> ServiceProbe.connect(at(port(), file), PATIENCE))
                .hasMessageNotContaining("f00d");
    }

    @Test
    void findsThatOthersMayReadTheSecret() throws Exception {
        Path open = file("open.token", Files.readString(token()));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(ServiceCheck.of(at(port(), open), Optional.empty()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.PROBLEM))
                .satisfies(finding -> assertThat(finding.detail()).contains("rw-r--r--", "chmod"));
    }

    @Test
    void givesUpOnAServiceThatHangs() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            ServiceAddress there = at((InetSocketAddress) mute.getLocalSocketAddress(), token());

            assertRefused(Reason.SERVICE_UNAVAILABLE, () -> ServiceProbe.connect(there, Duration.ofMillis(100)))
                    .hasMessageContaining("does not answer");
        }
    }
}
