package org.cofferhsm.signtool.commandline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.cli.TestTerminal;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.TestModule;
import org.cofferhsm.signtool.CodeSigningKeys;
import org.cofferhsm.signtool.JarSigning;
import org.cofferhsm.signtool.SigningKey;
import org.cofferhsm.signtool.testing.LoopbackServer;
import org.cofferhsm.signtool.testing.TestAuthority;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.testing.TestTsa;
import org.cofferhsm.signtool.tsa.TsaRules;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** JARs under {@code coffer signtool}; jarsigner has the second word. */
@Timeout(180)
class JarCommandTest {

    @TempDir
    private Path directory;

    private TestModule module;
    private X509Certificate rsa;
    private Path jar;

    @BeforeEach
    void makeFiles() throws Exception {
        module = TestModule.create(directory.resolve("module"), "release");
        rsa = certificate("rsa-release", SigningKey.RSA_3072);
        Files.write(directory.resolve("rsa.cer"), rsa.getEncoded());
        jar = directory.resolve("app.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            add(out, "org/example/Main.class", "not really a class");
            add(out, "readme.txt", "read me");
        }
    }

    private static void add(JarOutputStream out, String name, String content) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(content.getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
    }

    private X509Certificate certificate(String alias, SigningKey kind) {
        return module.as(
                "release",
                session -> new CodeSigningKeys(session)
                        .findOrCreate(alias, kind, new X500Principal("CN=Example " + alias)));
    }

    private String run(int status, String line) {
        return run(status, "release", line);
    }

    private String run(int status, String user, String line) {
        TestTerminal terminal = new TestTerminal(directory, module.environment(user), List.of());
        assertThat(new SigntoolCommand().run(List.of(line.split(" ")), terminal))
                .as(terminal.written() + terminal.complaints())
                .isEqualTo(status);
        return terminal.written() + terminal.complaints();
    }

    /** Replaces an entry, or adds one. */
    private void put(String name, String content) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            Files.writeString(zip.getPath(name), content);
        }
    }

    @Test
    void signsAndTimestampsAJarThatJarsignerAccepts() throws Exception {
        try (Hsm hsm = TestModule.create(directory.resolve("tsa"), "stamps").open();
                Session session = TestModule.login(hsm, "stamps");
                TestTsa tsa = TestTsa.start(session, "tsa", KeyPairTemplate.ec(Curve.P256), TsaRules.usual())) {
            tsa.writeCertificate(directory.resolve("tsa.pem"));

            assertThat(run(0, "sign /n rsa-release /fd sha256 /tr " + tsa.url() + " /td sha256 app.jar"))
                    .isEqualTo("Done Adding Additional Store\nSuccessfully signed and timestamped: app.jar\n");

            assertThat(run(0, "verify /pa /tw --trust rsa.cer --trust tsa.pem app.jar"))
                    .contains("0      sha256     RFC3161      \n", "Successfully verified: app.jar");
            JarSigning.with(module.environment("release")).verify(jar, List.of(rsa, tsa.certificate()));
            assertThat(run(0, "admin", "history app.jar")).contains("signed by release");
        }
    }

    @Test
    void severalKeysSignOneJar() {
        X509Certificate ec = certificate("ec-release", SigningKey.P256);

        run(0, "sign /n rsa-release /fd sha256 app.jar");
        run(0, "sign /n ec-release /fd sha256 app.jar");

        JarSigning.with(module.environment("release")).verify(jar, List.of(rsa, ec));
        assertThat(run(1, "verify /pa /all --trust rsa.cer app.jar")).contains("not trusted");
    }

    @Test
    void refusesASecondHashFunctionThatWouldBreakTheFirstSignature() throws Exception {
        certificate("ec-release", SigningKey.P256);
        run(0, "sign /n rsa-release /fd sha256 app.jar");
        byte[] before = Files.readAllBytes(jar);

        assertThat(run(1, "sign /n ec-release /fd sha384 app.jar")).contains("the same /fd");

        assertThat(jar).hasBinaryContent(before);
    }

    @Test
    void verifiesWhatJarsignerSigned() {
        Path signed = directory.resolve("signed.jar");
        JarSigning.with(module.environment("release")).sign(jar, signed, "rsa-release");

        assertThat(run(0, "verify /pa --trust rsa.cer signed.jar")).contains("0      sha", "None");
        assertThat(run(0, "sign /n rsa-release /fd sha256 --skip-signed signed.jar"))
                .contains("Already signed");
    }

    @Test
    void noticesWhatWasAlteredOrAdded() throws Exception {
        run(0, "sign /n rsa-release /fd sha256 app.jar");
        byte[] signed = Files.readAllBytes(jar);

        put("readme.txt", "do not read me");
        run(1, "verify /pa --trust rsa.cer app.jar");

        Files.write(jar, signed);
        put("stowaway.txt", "nobody signed this");
        assertThat(run(1, "verify /pa --trust rsa.cer app.jar")).contains("did not verify");
    }

    @Test
    void leavesTheJarAloneWhenNoTimestampIsHad() throws Exception {
        byte[] before = Files.readAllBytes(jar);

        run(1, "sign /n rsa-release /fd sha256 /tr http://127.0.0.1:9/ /td sha256 --require-timestamp app.jar");
        run(1, "sign /n rsa-release /fd sha256 /t http://127.0.0.1:9/ app.jar");
        run(1, "sign /n rsa-release /fd sha256 --request request.json app.jar");

        assertThat(jar).hasBinaryContent(before);
        assertThat(run(1, "verify /pa --trust rsa.cer app.jar")).contains("No signature found.");
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains("coffer-new"));
        }
    }

    @Test
    void keysWhoseLabelsBeginAlikeSignOneJar() throws Exception {
        X509Certificate first = certificate("my release key", SigningKey.P256);
        X509Certificate second = certificate("my release key of next year", SigningKey.P256);
        Files.write(directory.resolve("first.cer"), first.getEncoded());
        Files.write(directory.resolve("second.cer"), second.getEncoded());

        run(0, "sign /f first.cer /fd sha256 app.jar");
        run(0, "sign /f second.cer /fd sha256 app.jar");
        run(0, "sign /f first.cer /fd sha256 app.jar"); // in place of its own

        assertThat(run(0, "verify /pa /all --trust first.cer --trust second.cer app.jar"))
                .contains("0      sha256", "1      sha256")
                .doesNotContain("2      sha256");
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .contains("META-INF/MY_RELEA.EC", "META-INF/MY_RELE1.EC")
                    .hasSize(7);
        }
    }

    @Test
    void tellsProgramsWhatBecameOfAJar() {
        assertThat(run(0, "sign /n rsa-release /fd sha256 --json app.jar"))
                .contains("\"file\": \"app.jar\"", "\"result\": \"signed\"");
        assertThat(run(0, "sign /n rsa-release /fd sha256 --json --skip-signed app.jar"))
                .contains("\"result\": \"skipped\"");
        assertThat(run(0, "verify /pa --json --trust rsa.cer app.jar")).contains("\"result\": \"verified\"");
        assertThat(run(1, "verify /pa --json app.jar")).contains("\"result\": \"failed\"");
    }

    @Test
    void leavesTheJarAloneWhenTheTimestampIsALie() throws Exception {
        TestAuthority authority = TestAuthority.under(TestSigner.root());
        byte[] before = Files.readAllBytes(jar);
        try (LoopbackServer liar = LoopbackServer.answering(
                "application/timestamp-reply",
                body -> new TimeStampResp(
                                new PKIStatusInfo(PKIStatus.granted),
                                ContentInfo.getInstance(authority.token(new byte[] {1}, Instant.now())))
                        .getEncoded())) {
            String line = "sign /n rsa-release /fd sha256 /tr " + liar.url() + " /td sha256 ";

            assertThat(run(1, line + "--require-timestamp app.jar")).contains("returned an invalid response");
            assertThat(jar).hasBinaryContent(before);

            assertThat(run(2, line + "app.jar")).contains("Signing succeeded, but an error occurred");
            assertThat(run(0, "verify /pa --trust rsa.cer app.jar")).contains("None");
        }
    }

    @Test
    void refusesToSignAJarWithTwoEntriesOfOneName() throws Exception {
        put("readme.tx_", "do not read me");
        String bytes = Files.readString(jar, StandardCharsets.ISO_8859_1);
        Files.writeString(jar, bytes.replace("readme.tx_", "readme.txt"), StandardCharsets.ISO_8859_1);
        byte[] before = Files.readAllBytes(jar);

        assertThat(run(1, "sign /n rsa-release /fd sha256 app.jar")).contains("two entries called readme.txt");

        assertThat(jar).hasBinaryContent(before);
    }
}
