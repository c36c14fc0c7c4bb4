package org.cofferhsm.ca.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.ca.CertificateAuthority;
import org.cofferhsm.ca.CertificateProfile;
import org.cofferhsm.ca.CertificateText;
import org.cofferhsm.ca.RootKey;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.spi.QuickstartStep;
import org.cofferhsm.hsm.spi.StepFile;
import org.cofferhsm.hsm.testing.Interop;
import org.cofferhsm.hsm.testing.TestQuickstart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaQuickstartTest {
    private final QuickstartStep step = TestQuickstart.step("Windows CA");
    private TestQuickstart context;

    @BeforeEach
    void createModule(@TempDir Path home, @TempDir Path directory) {
        context = TestQuickstart.of(step, home, directory);
    }

    @Test
    void issuesACertificateForARequest() {
        assertThat(step.run(context).done()).contains("issued");

        assertThat(context.directory().resolve("server.pem")).content().startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(ChainCheck.byJdk(
                        context.directory().resolve("root.pem"),
                        context.directory().resolve("server.pem")))
                .startsWith("JDK ");
    }

    @Test
    void letsOpensslMakeTheRequestAndVerifyTheChain() {
        Interop.program("openssl");

        assertThat(step.run(context).checkedBy()).startsWith("OpenSSL ");
        assertThat(context.directory().resolve("server.key")).exists();
    }

    @Test
    void makesARequestWithoutOpensslToo() throws IOException {
        Path request = context.directory().resolve("server.csr");

        SampleRequest.makeByJdk(new StepFile(request));

        byte[] encoded = Files.readAllBytes(request);
        String issued = context.withSession(session -> CertificateText.of(
                CertificateAuthority.create(session, "root", new X500Principal("CN=Root"), RootKey.P384)
                        .issue(encoded, CertificateProfile.WEB_SERVER)));
        assertThat(issued).contains("BEGIN CERTIFICATE");
    }

    @Test
    void verifiesTheSameCertificateWhenRunAgain() throws IOException {
        step.run(context);
        byte[] before = Files.readAllBytes(context.directory().resolve("server.pem"));

        assertThat(step.run(context).done()).contains("earlier run");

        assertThat(context.directory().resolve("server.pem")).hasBinaryContent(before);
    }

    @Test
    void usesTheSameRootAfterItsFilesAreLost() throws IOException {
        step.run(context);
        byte[] root = Files.readAllBytes(context.directory().resolve("root.pem"));
        Files.delete(context.directory().resolve("root.pem"));
        Files.delete(context.directory().resolve("server.pem"));

        step.run(context);

        assertThat(context.directory().resolve("root.pem")).hasBinaryContent(root);
    }

    @ParameterizedTest
    @ValueSource(strings = {"root.pem", "server.pem", "server.csr"})
    void survivesAFileThatWasCutShort(String name) throws IOException {
        step.run(context);
        Path file = context.directory().resolve(name);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));

        step.run(context);

        assertThat(step.run(context).done()).contains("earlier run verified");
    }

    @Test
    void issuesAnewWhatHasEnded() throws IOException {
        step.run(context);
        byte[] before = Files.readAllBytes(context.directory().resolve("server.pem"));
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(399));

        assertThat(new CaQuickstart(later).run(context).done()).contains("issued anew");

        assertThat(Files.readAllBytes(context.directory().resolve("server.pem")))
                .isNotEqualTo(before);
    }

    @Test
    void issuesAnewWhatAnotherRootIssued(@TempDir Path home, @TempDir Path elsewhere) throws IOException {
        TestQuickstart other = TestQuickstart.of(step, home, elsewhere);
        step.run(context);
        step.run(other);
        Path leaf = context.directory().resolve("server.pem");
        Files.copy(elsewhere.resolve("server.pem"), leaf, StandardCopyOption.REPLACE_EXISTING);

        assertRefused(
                Reason.INTERNAL, () -> ChainCheck.byJdk(context.directory().resolve("root.pem"), leaf));
        assertThat(step.run(context).done()).contains("issued anew");
    }
}
