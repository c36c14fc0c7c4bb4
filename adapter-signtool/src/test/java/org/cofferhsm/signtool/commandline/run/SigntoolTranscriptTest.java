package org.cofferhsm.signtool.commandline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.hsm.cli.TranscriptPlay;
import org.cofferhsm.hsm.testing.TestModule;
import org.cofferhsm.signtool.CodeSigningKeys;
import org.cofferhsm.signtool.SigningKey;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.testing.TinyPe;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dialogues with {@code coffer signtool}, against a real module. */
class SigntoolTranscriptTest {

    @TempDir
    private Path directory;

    private TestModule module;

    @BeforeEach
    void makeFiles() throws IOException {
        module = TestModule.create(directory.resolve("module"), "release");
        TestSigner.root().writeRoot(directory.resolve("others.pem"));
        Files.createDirectory(directory.resolve("sub"));
        TinyPe.withOverlay(3).write(directory.resolve("setup.exe"));
        TinyPe.withOverlay(11).write(directory.resolve("other.exe"));
        TinyPe.withOverlay(12).write(directory.resolve("sub/other.exe"));
        TinyPe.withOverlay(0).write(directory.resolve("tool.dll"));
        Files.writeString(directory.resolve("readme.md"), "no program\n");
        Files.writeString(directory.resolve("never.bin"), "never signed\n");
        Files.write(directory.resolve("app.jar"), new byte[] {'P', 'K', 3, 4});
    }

    private void makeKeys(String... labels) throws IOException {
        List<String> roots = new ArrayList<>();
        for (String label : labels) {
            X500Principal name =
                    new X500Principal(label.equals("release") ? "CN=Example Releases" : "CN=Example Nightly");
            SigningKey kind = label.equals("release") ? SigningKey.RSA_3072 : SigningKey.P256;
            X509Certificate certificate =
                    module.as("release", session -> new CodeSigningKeys(session).findOrCreate(label, kind, name));
            roots.add(pem(certificate));
            Files.writeString(directory.resolve(label + ".cer"), pem(certificate));
        }
        Files.writeString(directory.resolve("roots.pem"), String.join("", roots));
    }

    private static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void signsVerifiesAndRemoves() throws IOException {
        makeKeys("release");
        byte[] before = Files.readAllBytes(directory.resolve("tool.dll"));

        new TranscriptPlay(directory).play("sign.txt", step -> {});

        assertThat(directory.resolve("tool.dll"))
                .satisfies(file -> assertThat(Files.readAllBytes(file)).isNotEqualTo(before));
    }

    @Test
    void choosesCertificates() throws IOException {
        makeKeys("release", "nightly");
        byte[] before = Files.readAllBytes(directory.resolve("other.exe"));

        new TranscriptPlay(directory).play("selection.txt", step -> {});

        assertThat(directory.resolve("other.exe")).hasBinaryContent(before);
    }

    @Test
    void signsElsewhere() throws IOException {
        makeKeys("release", "nightly");

        new TranscriptPlay(directory).play("elsewhere.txt", step -> {});

        assertThat(directory.resolve("out/setup.exe.dig.xml"))
                .content()
                .contains("<DigestSigning><Digest><File>setup.exe</File>", "<HashAlgorithm>sha256</HashAlgorithm>");
        assertThat(directory.resolve("approval/manifest.json"))
                .content()
                .contains("\"requester\"", "\"sha256\"", "\"authenticode\": \"sha256:", "sub/other.exe");
    }
}
