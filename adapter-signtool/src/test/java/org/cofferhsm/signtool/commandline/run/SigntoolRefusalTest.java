package org.cofferhsm.signtool.commandline.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.hsm.cli.TestTerminal;
import org.cofferhsm.hsm.testing.TestModule;
import org.cofferhsm.signtool.CodeSigningKeys;
import org.cofferhsm.signtool.SigningKey;
import org.cofferhsm.signtool.signing.ModuleKeys;
import org.cofferhsm.signtool.testing.TinyPe;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code coffer signtool} does not do, and how it says so. */
@Timeout(120)
class SigntoolRefusalTest {

    private static final String NOWHERE = " /tr http://127.0.0.1:1/ /td sha256 ";

    @TempDir
    private Path directory;

    private TestModule module;
    private byte[] before;

    @BeforeEach
    void makeFiles() throws Exception {
        module = TestModule.create(directory.resolve("module"), "release");
        before = Files.readAllBytes(TinyPe.withOverlay(3).write(directory.resolve("setup.exe")));
        Files.writeString(directory.resolve("notes.txt"), "no program\n");
        makeKey("release");
        makeKey("nightly");
    }

    private void makeKey(String label) {
        module.as(
                "release",
                session -> new CodeSigningKeys(session)
                        .findOrCreate(label, SigningKey.P256, new X500Principal("CN=Example " + label)));
    }

    private TestTerminal run(int status, String line) {
        TestTerminal terminal = new TestTerminal(directory, module.environment("release"), List.of());
        assertThat(new SigntoolCommand().run(words(line), terminal))
                .as(terminal.written() + terminal.complaints())
                .isEqualTo(status);
        return terminal;
    }

    /** The words between the spaces; the one name that has a space is written with a low line. */
    private static List<String> words(String line) {
        return Stream.of(line.split(" "))
                .map(word -> word.equals("code_signing") ? "Code Signing" : word)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.840.113549.1.9.3",
                "1.2.840.113549.1.9.4",
                "1.2.840.113549.1.9.5",
                "1.2.840.113549.1.9.6",
                "1.3.6.1.4.1.311.2.1.11",
                "1.3.6.1.4.1.311.2.1.12"
            })
    void refusesAttributesThatASignatureHasAnyway(String oid) {
        assertThat(run(1, "sign /kc release /fd sha256 /sa " + oid + " text setup.exe")
                        .complaints())
                .contains("The signature has the attribute of the /sa option already: " + oid);
        assertThat(directory.resolve("setup.exe")).hasBinaryContent(before);
    }

    @Test
    void refusesTwoValuesForOneAttribute() {
        assertThat(run(1, "sign /kc release /fd sha256 /sa 1.2.3 one /sa 1.2.3 two setup.exe")
                        .complaints())
                .contains("already: 1.2.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fd sha256", "/dg out /fd sha256", "/ds", "/di out", "--complete manifest.json"})
    void refusesAPasswordHoweverItSignsAndDoesNotRepeatIt(String way) {
        TestTerminal terminal = run(1, "sign --json /p Swordfish " + way + " setup.exe");

        assertThat(terminal.complaints()).contains("The /p option is for PFX files");
        assertThat(terminal.written() + terminal.complaints()).doesNotContain("Swordfish");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dg out", "--request out/manifest.json"})
    void preparesForTheKeyThatIsNamedAndForNoOther(String way) throws Exception {
        run(0, "sign /a /kc nightly /fd sha256 " + way + " setup.exe");
        run(1, "sign /a /kc nobody /fd sha256 " + way + " setup.exe");

        assertThat(Files.readString(directory.resolve("out/setup.exe.p7u"), StandardCharsets.ISO_8859_1))
                .contains("Example nightly")
                .doesNotContain("Example release");
    }

    @Test
    void writesAPkcs7FileWithoutItsTimestampAndWarns() {
        String line = "sign /kc release /fd sha256 /p7 out /p7co 1.2.3" + NOWHERE;

        assertThat(run(1, line + "--require-timestamp notes.txt").complaints())
                .contains("An error occurred while attempting to sign: notes.txt");
        assertThat(directory.resolve("out/notes.txt.p7")).doesNotExist();

        assertThat(run(2, line + "notes.txt").complaints())
                .contains("SignTool Warning: Signing succeeded, but an error occurred");
        assertThat(directory.resolve("out/notes.txt.p7")).exists();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--bogus setup.exe                   | Invalid option: --bogus",
                "/fd sha256                          | Missing filename.",
                "/fd sha256 /n nobody setup.exe      | No certificates were found that met all the given criteria.",
                "/fd sha256 --as nobody setup.exe    | PIN",
            })
    void answersInJsonWhenACommandIsNotEvenBegun(String options, String message) {
        TestTerminal terminal = run(1, "sign --json " + options);

        JsonObject answer = new Gson().fromJson(terminal.written(), JsonObject.class);
        assertThat(answer.get("exit_status").getAsInt()).isEqualTo(1);
        assertThat(answer.get("message").getAsString()).contains(message);
        assertThat(answer.get("files").getAsJsonArray()).isEmpty();
    }

    @Test
    void answersInJsonAboutAFileThatHasNoHistory() {
        TestTerminal terminal = run(1, "history --json missing.exe");

        assertThat(new Gson()
                        .fromJson(terminal.written(), JsonObject.class)
                        .get("files")
                        .getAsJsonArray())
                .hasSize(1);
    }

    @Test
    void refusesAManifestWhoseNamesNoFileCanHave() throws Exception {
        Files.writeString(directory.resolve("manifest.json"), manifest("a\\u0000b", "setup.exe.p7u"));
        assertThat(run(1, "sign --complete manifest.json").complaints()).contains("[DATA_INVALID]");

        Files.writeString(directory.resolve("manifest.json"), manifest("setup.exe", "a\\u0000b"));
        assertThat(run(1, "sign --complete manifest.json").complaints()).contains("[DATA_INVALID]");
    }

    private static String manifest(String path, String prepared) {
        return """
                {"version":1,"files":[{"name":"n","path":"%s","sha256":"00","authenticode":"00","to_be_signed":"00",
                "digest":"setup.exe.dig","prepared":"%s"}]}""".formatted(path, prepared);
    }

    @Test
    void saysWhatIsWrongWithAFileThatIsThere() throws Exception {
        Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Files.createDirectory(directory.resolve("sub"));
        Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));

        assertThat(run(1, "sign --complete binary").complaints()).contains("The manifest is not text: ");
        assertThat(run(1, "sign --complete sub").complaints()).contains("There was an error opening the manifest: ");
        assertThat(run(1, "sign --complete missing").complaints()).contains("File not found: ");
        assertThat(run(1, "sign /kc release /fd sha256 /dg notes.txt setup.exe").complaints())
                .contains("A file is where a directory is needed: ");
        assertThat(run(1, "verify --trust loop setup.exe").complaints())
                .contains("There was an error opening the file: ");
    }

    @Test
    void saysThatAJarsSignaturesAreNotChanged() throws Exception {
        try (JarOutputStream jar =
                new JarOutputStream(Files.newOutputStream(directory.resolve("app.jar")), new Manifest())) {
            jar.finish();
        }

        assertThat(run(1, "remove /s app.jar").complaints()).contains("app.jar is a JAR, whose signatures are not");
        assertThat(run(1, "timestamp" + NOWHERE + "app.jar").complaints())
                .contains("app.jar is a JAR, whose signatures are not");
    }

    @Test
    void takesAUsageByItsNameWhenVerifying() throws Exception {
        run(0, "sign /kc release /fd sha256 setup.exe");
        X509Certificate certificate = module.as(
                "release", session -> new ModuleKeys(session).named("release").certificate());
        Files.write(directory.resolve("release.cer"), certificate.getEncoded());

        run(0, "verify /u code_signing --trust release.cer setup.exe");
        run(1, "verify /u nonsense --trust release.cer setup.exe");
    }

    @Test
    void takesTheCertificatesHashFunctionOnlyWhereThereIsACertificate() {
        assertThat(run(1, "timestamp /tr http://127.0.0.1:1/ /td certHash setup.exe")
                        .complaints())
                .contains("certHash; it is SHA1, SHA256, SHA384 or SHA512\n");
    }
}
