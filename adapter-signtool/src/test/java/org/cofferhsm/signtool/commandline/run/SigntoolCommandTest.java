package org.cofferhsm.signtool.commandline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
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
import org.cofferhsm.hsm.testing.TestModule;
import org.cofferhsm.signtool.CodeSigningKeys;
import org.cofferhsm.signtool.SigningKey;
import org.cofferhsm.signtool.testing.TestTsa;
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
    void notesWhoCouldNotSign() {
        run(1, "release", "sign /n nobody /fd sha256 setup.exe");

        List<String> notes = new ArrayList<>();
        module.as("admin", session -> {
            session.auditTrail().read(1, 1000).stream()
                    .filter(entry -> entry.operation().equals("note:signtool"))
                    .forEach(entry -> notes.add(entry.detail()));
            return notes;
        });
        assertThat(notes)
                .singleElement()
                .asString()
                .startsWith("refused:NO_CERTIFICATE ")
                .endsWith("file=setup.exe");
    }
}
