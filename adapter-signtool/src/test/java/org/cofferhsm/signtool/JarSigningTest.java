package org.cofferhsm.signtool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each call is a JVM of its own, so the tests share one module and one signed JAR. */
class JarSigningTest {
    private static final X500Principal NAME = new X500Principal("CN=Example Releases");

    @TempDir
    private static Path shared;

    private static TestModule module;
    private static X509Certificate certificate;
    private static Path unsigned;
    private static Path signed;

    @TempDir
    private Path directory;

    private JarSigning jarsigner;

    @BeforeAll
    static void signOnce() throws Exception {
        module = TestModule.create(shared.resolve("module"), "release", "other");
        certificate =
                module.as("release", session -> new CodeSigningKeys(session).findOrCreate("ec", SigningKey.P256, NAME));
        unsigned = Files.copy(
                Path.of(Test.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI()),
                shared.resolve("app.jar"));
        signed = shared.resolve("app-signed.jar");
        JarSigning.with(module.environment("release")).sign(unsigned, signed, "ec");
    }

    @BeforeEach
    void findJarsigner() {
        jarsigner = JarSigning.with(module.environment("release"));
    }

    @Test
    void signsWhatItsCertificateVerifies() {
        jarsigner.verify(signed, List.of(certificate));
    }

    @Test
    void needsNoLauncherWhereTheRuntimeHasTheProgram() {
        JarSigning byModule = JarSigning.withoutLauncher(module.environment("release"));
        Path again = directory.resolve("again.jar");

        byModule.sign(unsigned, again, "ec");

        byModule.verify(again, List.of(certificate));
    }

    @Test
    void keepsTheCertificateBesideTheKey() {
        X509Certificate found =
                module.as("release", session -> new CodeSigningKeys(session).findOrCreate("ec", SigningKey.P256, NAME));

        assertThat(found).isEqualTo(certificate);
    }

    @Test
    void refusesASignerThatIsNotTrusted() {
        List<X509Certificate> trusted = List.of();

        assertRefused(Reason.DATA_INVALID, () -> jarsigner.verify(signed, trusted));
    }

    @Test
    void refusesAnUnsignedJar() {
        List<X509Certificate> trusted = List.of(certificate);

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> jarsigner.verify(unsigned, trusted)))
                .hasMessageContaining("app.jar");
    }

    @Test
    void refusesAJarThatWasChangedAfterwards() throws Exception {
        Path changed = Files.copy(signed, directory.resolve("changed.jar"));
        append(changed, "/META-INF/LICENSE.md");
        List<X509Certificate> trusted = List.of(certificate);

        assertRefused(Reason.DATA_INVALID, () -> jarsigner.verify(changed, trusted))
                .hasMessageContaining("changed.jar");
    }

    private static void append(Path jar, String entry) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            assertThat(zip.getPath(entry)).exists();
            Files.writeString(zip.getPath(entry), "changed", StandardOpenOption.APPEND);
        }
    }

    @Test
    void saysWhichAliasIsMissingAndLeavesTheJarAlone() throws IOException {
        Path copy = Files.copy(unsigned, directory.resolve("app.jar"), StandardCopyOption.REPLACE_EXISTING);
        Path result = directory.resolve("signed.jar");

        assertRefused(Reason.INTERNAL, () -> jarsigner.sign(copy, result, "nobody"))
                .hasMessageContaining("nobody");

        assertThat(result).doesNotExist();
        assertThat(copy).hasSameBinaryContentAs(unsigned);
    }

    @Test
    void signsNothingForAUserWithoutTheKey() {
        JarSigning other = JarSigning.with(module.environment("other"));

        assertRefused(Reason.INTERNAL, () -> other.sign(unsigned, directory.resolve("signed.jar"), "ec"));
    }

    @Test
    void signsNothingUnderAWrongPin() {
        JarSigning wrong =
                JarSigning.with(Map.of("COFFER_HOME", module.home().toString(), "COFFER_PIN", "other:not-the-pin"));

        assertRefused(Reason.INTERNAL, () -> wrong.sign(unsigned, directory.resolve("signed.jar"), "ec"))
                .hasMessageNotContaining("not-the-pin");
    }
}
