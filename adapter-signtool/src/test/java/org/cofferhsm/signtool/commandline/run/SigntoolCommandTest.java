package org.cofferhsm.signtool.commandline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.channel.LocalService;
import org.cofferhsm.hsm.channel.ServiceOptions;
import org.cofferhsm.hsm.cli.TestTerminal;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.session.remote.SessionService;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.testing.TestModule;
import org.cofferhsm.signtool.CodeSigningKeys;
import org.cofferhsm.signtool.SigningKey;
import org.cofferhsm.signtool.testing.Osslsigncode;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.testing.TestTsa;
import org.cofferhsm.signtool.testing.TinyPackage;
import org.cofferhsm.signtool.testing.TinyPe;
import org.cofferhsm.signtool.tsa.TsaRules;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code coffer signtool} with what surrounds it: a timestamp authority, a service, keys without certificates. */
@Timeout(180)
class SigntoolCommandTest {

    @TempDir
    private Path directory;

    private TestModule module;
    private X509Certificate certificate;

    @BeforeEach
    void makeFiles() throws Exception {
        module = TestModule.create(directory.resolve("module"), "release");
        certificate = module.as(
                "release",
                session -> new CodeSigningKeys(session)
                        .findOrCreate("release", SigningKey.P256, new X500Principal("CN=Example Releases")));
        Files.write(directory.resolve("release.cer"), certificate.getEncoded());
        TinyPe.withOverlay(3).write(directory.resolve("setup.exe"));
    }

    private TestTerminal run(int status, String user, String line) {
        Map<String, String> environment = module.environment(user);
        TestTerminal terminal = new TestTerminal(directory, environment, List.of());
        assertThat(new SigntoolCommand().run(List.of(line.split(" ")), terminal))
                .as(terminal.written() + terminal.complaints())
                .isEqualTo(status);
        return terminal;
    }

    @Test
    void timestampsByTheModulesOwnAuthority() throws Exception {
        try (Hsm hsm = TestModule.create(directory.resolve("tsa"), "stamps").open();
                Session session = TestModule.login(hsm, "stamps");
                TestTsa tsa = TestTsa.start(session, "tsa", KeyPairTemplate.ec(Curve.P256), TsaRules.usual())) {
            tsa.writeCertificate(directory.resolve("tsa.pem"));
            String trust = " --trust release.cer --trust tsa.pem setup.exe";

            assertThat(run(0, "release", "sign /a /fd sha256 /tr " + tsa.url() + " /td sha384 setup.exe")
                            .written())
                    .isEqualTo("Done Adding Additional Store\nSuccessfully signed and timestamped: setup.exe\n");
            assertThat(run(0, "release", "verify /pa /tw" + trust).written())
                    .contains("0      sha256     RFC3161      \n");
            assertThat(run(0, "release", "timestamp /v /t " + tsa.url() + " setup.exe")
                            .written())
                    .isEqualTo("Successfully timestamped: setup.exe\n\nNumber of files successfully timestamped: 1\n"
                            + "Number of errors: 0\n");
            assertThat(run(0, "release", "verify /pa /v" + trust).written())
                    .contains("The signature is timestamped: ", "Timestamp Verified by:\n    Issued to: Example Time");
            run(0, "release", "sign /a /as /fd sha256 setup.exe");
            run(0, "release", "timestamp /tp 1 /tr " + tsa.url() + " /td sha256 setup.exe");
            assertThat(run(0, "release", "verify /pa /all" + trust).written())
                    .contains("0      sha256     Authenticode \n1      sha256     RFC3161      \n");
            run(1, "release", "verify /pa --trust release.cer setup.exe"); // the authority is not trusted
        }
    }

    @Test
    void signsThroughTheServiceThatOwnsTheModule() {
        try (Hsm hsm = module.open();
                LocalService service = LocalService.start(
                        hsm,
                        ServiceOptions.at(module.home().resolve("coffer.sock")),
                        List.of(new SessionService()),
                        line -> {})) {
            run(0, "release", "sign /a /fd sha256 setup.exe");

            assertThat(run(0, "admin", "history setup.exe").written()).contains("signed by release, key 0x");
            assertThat(Hsm.serviceOf(module.home())).isPresent();
            assertThat(service).isNotNull();
        }
    }

    @Test
    void findsTheKeyOfACertificateThatIsNotInTheModule() {
        module.as("release", session -> {
            session.find(Attributes.of(Attribute.CLASS, ObjectClass.CERTIFICATE))
                    .ids()
                    .forEach(session::destroy);
            return session.user();
        });

        run(1, "release", "sign /a /fd sha256 setup.exe");
        run(0, "release", "sign /f release.cer /fd sha256 setup.exe");
        run(0, "release", "verify /pa --trust release.cer setup.exe");
    }

    @Test
    void signsPackagesOfTheCertificatesSubjectOnly() throws Exception {
        TinyPackage.app().write(directory.resolve("example.msix"));
        module.as(
                "release",
                session -> new CodeSigningKeys(session)
                        .findOrCreate("other", SigningKey.P256, new X500Principal("CN=Somebody Else")));
        byte[] before = Files.readAllBytes(directory.resolve("example.msix"));

        assertThat(run(1, "release", "sign /n Somebody /fd sha256 example.msix").complaints())
                .contains("CN=Example Releases", "CN=Somebody Else", "0x8007000B");
        assertThat(directory.resolve("example.msix")).hasBinaryContent(before);

        run(0, "release", "sign /n Releases /fd sha256 example.msix");
    }

    @Test
    void signsWithNoCertificateThatHasExpired() throws Exception {
        KeyPair pair = TestCertificate.ec("secp256r1");
        Instant now = Instant.now();
        X509Certificate expired = TestCertificate.of("Example Releases", certificate.getPublicKey())
                .valid(now.minus(Duration.ofDays(20)), now.minus(Duration.ofDays(10)))
                .forCode()
                .issuedBy(TestSigner.ofCode(pair));
        Files.write(directory.resolve("expired.cer"), expired.getEncoded());
        byte[] before = Files.readAllBytes(directory.resolve("setup.exe"));

        TestTerminal refused = run(1, "release", "sign /debug /f expired.cer /fd sha256 setup.exe");

        assertThat(refused.written() + refused.complaints())
                .contains(
                        "After expiry filter, 0 certs were left.",
                        "SignTool Error: No certificates were found that met all the given criteria.");
        assertThat(directory.resolve("setup.exe")).hasBinaryContent(before);
    }

    @Test
    void satisfiesOsslsigncodeFromTheCommandLine() throws Exception {
        Osslsigncode osslsigncode = Osslsigncode.installed();
        try (Hsm hsm = TestModule.create(directory.resolve("tsa"), "stamps").open();
                Session session = TestModule.login(hsm, "stamps");
                TestTsa tsa = TestTsa.start(session, "tsa", KeyPairTemplate.ec(Curve.P256), TsaRules.usual())) {
            Path roots = tsa.writeCertificate(directory.resolve("roots.pem"));
            Files.writeString(
                    roots,
                    "-----BEGIN CERTIFICATE-----\n"
                            + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                            + "\n-----END CERTIFICATE-----\n",
                    StandardOpenOption.APPEND);
            String stamp = "/tr " + tsa.url() + " /td sha256 setup.exe";

            run(0, "release", "sign /a /fd sha256 /ph /d Example /du http://example.test " + stamp);
            run(0, "release", "sign /a /as /fd sha384 " + stamp);

            OutsideProgram.Finished verified = osslsigncode.verify(directory.resolve("setup.exe"), roots);
            assertThat(verified.status()).as(verified.text()).isZero();
            assertThat(verified.text())
                    .contains("Page hash algorithm", "Number of verified signatures: 2")
                    .doesNotContain("MISMATCH");
        }
    }

    @Test
    void notesWhoCouldNotSign() {
        run(1, "release", "sign /n nobody /fd sha256 setup.exe");

        assertThat(notes())
                .singleElement()
                .asString()
                .startsWith("refused:NO_CERTIFICATE ")
                .endsWith("file=setup.exe");
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        module.as("admin", session -> {
            session.auditTrail().read(1, 1000).stream()
                    .filter(entry -> entry.operation().equals("note:signtool"))
                    .forEach(entry -> notes.add(entry.detail()));
            return notes;
        });
        return notes;
    }

    @Test
    void notesWhoFinishedAFileWhoseSignatureWasMadeElsewhere() throws Exception {
        run(0, "release", "sign /f release.cer /fd sha256 --request request.json setup.exe");
        run(0, "release", "sign /a /ds setup.exe.dig");
        assertThat(notes()).singleElement().asString().startsWith("signed ");

        run(0, "release", "sign --complete request.json");

        assertThat(notes())
                .element(1)
                .asString()
                .startsWith("finished digest=sha256:")
                .endsWith("file=setup.exe");
        assertThat(run(0, "admin", "history setup.exe").written()).contains("finished by release");
        run(1, "release", "sign --complete request.json");
        assertThat(notes()).element(2).asString().startsWith("refused:DATA_INVALID ");
    }

    @Test
    void notesWhatIsRefusedToBePreparedOrFinished() throws Exception {
        Files.writeString(directory.resolve("notes.bin"), "no program");

        run(1, "release", "sign /f release.cer /fd sha256 /dg . notes.bin");
        run(1, "release", "sign /n nobody /fd sha256 /dg . setup.exe");
        run(1, "release", "sign /di . setup.exe");
        run(1, "admin", "sign /di . setup.exe"); // an admin's word about files is not asked for

        assertThat(notes()).hasSize(3);
        assertThat(notes().get(0)).startsWith("refused:FORMAT_NOT_RECOGNIZED ").endsWith("file=notes.bin");
        assertThat(notes().get(1)).startsWith("refused:NO_CERTIFICATE ");
        assertThat(notes().get(2)).startsWith("refused:FILE_ERROR ");
    }

    @Test
    void finishesFilesWithoutAnyModule() throws Exception {
        run(0, "release", "sign /f release.cer /fd sha256 /dg . setup.exe");
        run(0, "release", "sign /a /ds setup.exe.dig");
        TestTerminal nobody = new TestTerminal(
                directory, Map.of("COFFER_HOME", directory.resolve("none").toString()), List.of());

        assertThat(new SigntoolCommand().run(List.of("sign", "/di", ".", "setup.exe"), nobody))
                .as(nobody.complaints())
                .isZero();

        run(0, "release", "verify /pa --trust release.cer setup.exe");
        assertThat(notes()).singleElement().asString().startsWith("signed ");
    }
}
