package org.cofferhsm.signtool.commandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLinesTest {

    @TempDir
    private Path directory;

    @Test
    void readsABuildScriptsLine() {
        ParsedCommand command =
                parse("sign /fd SHA256 /tr http://tsa.example /td sha256 /n Example /d My_App setup.exe");

        assertThat(command.verb()).isEqualTo(Verb.SIGN);
        assertThat(command.value(Option.FILE_DIGEST)).contains("SHA256");
        assertThat(command.value(Option.RFC3161_TIMESTAMP)).contains("http://tsa.example");
        assertThat(command.files()).containsExactly("setup.exe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sign /FD sha256 a.exe", "SIGN -fd sha256 a.exe", "Sign -Fd sha256 a.exe"})
    void takesSlashOrDashInAnyCase(String line) {
        assertThat(parse(line).value(Option.FILE_DIGEST)).contains("sha256");
    }

    @Test
    void takesOptionsBehindFiles() {
        ParsedCommand command = parse("verify a.exe /pa b.exe /v");

        assertThat(command.files()).containsExactly("a.exe", "b.exe");
        assertThat(command.has(Option.AUTHENTICODE_POLICY)).isTrue();
        assertThat(command.has(Option.VERBOSE)).isTrue();
    }

    @Test
    void aLetterMeansWhatItMeansUnderItsVerb() {
        assertThat(parse("sign /a f").has(Option.BEST_CERTIFICATE)).isTrue();
        assertThat(parse("verify /a f").has(Option.ALL_METHODS)).isTrue();
        assertThat(parse("remove /s f").has(Option.REMOVE_SIGNATURE)).isTrue();
        assertThat(parse("sign /s MY f").value(Option.STORE)).contains("MY");
    }

    @Test
    void takesTwoArgumentsForAnAttributeAndTakesItTwice() {
        assertThat(parse("sign /sa 1.2.3 one /sa 1.2.4 two f").values(Option.AUTHENTICATED_ATTRIBUTE))
                .containsExactly(List.of("1.2.3", "one"), List.of("1.2.4", "two"));
    }

    @Test
    void takesAnAbsolutePathForAFile() throws IOException {
        Path file = Files.createFile(directory.resolve("a.exe"));

        assertThat(parse("remove /s " + file).files()).containsExactly(file.toString());
    }

    @Test
    void optionsWinOverFilesAndTwoDashesEndThem() {
        assertThat(parse("remove /s -- /u -v").files()).containsExactly("/u", "-v");
    }

    @Test
    void takesCoffersOwnOptionsWithTwoDashes() {
        ParsedCommand command = parse("sign --jobs 4 --trust=roots.pem --json /a f");

        assertThat(command.number(Option.JOBS, 1)).contains(4);
        assertThat(command.value(Option.TRUST)).contains("roots.pem");
        assertThat(command.has(Option.JSON)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sign /xyz f            | Invalid option: /xyz",
                "sign -xyz f            | Invalid option: -xyz",
                "sign --xyz f           | Invalid option: --xyz",
                "sign --json=yes f      | Invalid option: --json=yes",
                "verify /fd sha256 f    | Invalid option: /fd",
                "sign /fd               | The /fd option requires a parameter.",
                "sign /sa 1.2.3         | The /sa option requires a parameter.",
                "sign /fd a /FD b f     | You cannot use the /fd option twice.",
                "sign /t a /tr b f      | The /t option is incompatible with the /tr option.",
                "sign /dg a /ds f       | The /dg option is incompatible with the /ds option.",
                "sign /di a /n b f      | The /di option is incompatible with the /n option.",
                "sign /p7 a --skip-signed f | The --skip-signed option is incompatible with the /p7 option.",
                "sign /dg a --skip-signed f | The --skip-signed option is incompatible with the /dg option.",
                "sign --complete a --skip-signed | The --skip-signed option is incompatible with the --complete option.",
                "sign --complete a /n b | The --complete option is incompatible with the /n option.",
                "sign --complete a /as  | The --complete option is incompatible with the /as option.",
                "sign --complete a /d b | The --complete option is incompatible with the /d option.",
                "sign --request a /tr b f | The --request option is incompatible with the /tr option.",
                "sign --request a /p7 b f | The --request option is incompatible with the /p7 option.",
                "sign --require-timestamp f | The --require-timestamp option requires the /t or /tr option.",
                "sign /dxml f           | The /dxml option requires the /dg option.",
                "sign /dlib a.dll f     | The /dlib option works on Windows only.",
                "verify /kp f           | The /kp option works on Windows only.",
                "catdb /d f             | The catdb command works on Windows only: it changes a catalog database.",
                "signwizard             | Invalid command: signwizard",
            })
    void complainsInSignToolsWords(String line, String complaint) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(SignToolException.class)
                .hasMessage(complaint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "99999999999"})
    void refusesWhatIsNoNumber(String jobs) {
        ParsedCommand command = parse("sign --jobs " + jobs + " f");

        assertThatThrownBy(() -> command.number(Option.JOBS, 1))
                .isInstanceOf(SignToolException.class)
                .hasMessage("The value of the --jobs option is not valid: " + jobs);
    }

    @Test
    void complainsWhenThereIsNothingToDo() {
        assertThatThrownBy(() -> lines().parse(List.of())).isInstanceOf(SignToolException.class);
        assertThatThrownBy(() -> lines().files(parse("sign /a"))).hasMessage("Missing filename.");
    }

    @Test
    void expandsWildcardsInTheirNamesOrder() throws IOException {
        for (String name : List.of("b.exe", "a.EXE", "a.dll", "c.exe.bak")) {
            Files.createFile(directory.resolve(name));
        }

        assertThat(lines().files(parse("sign /a *.exe")))
                .containsExactly(directory.resolve("a.EXE"), directory.resolve("b.exe"));
        assertThat(lines().files(parse("sign /a ?.dll a.dll"))).containsExactly(directory.resolve("a.dll"));
    }

    @Test
    void saysWhichWildcardMeansNoFile() {
        assertThatThrownBy(() -> lines().files(parse("sign /a *.exe"))).hasMessage("File not found: *.exe");
    }

    @Test
    void aFileWhoseNameHoldsAStarIsThatFile() throws IOException {
        Files.createFile(directory.resolve("*.exe"));
        Files.createFile(directory.resolve("a.exe"));

        assertThat(lines().files(parse("sign /a *.exe"))).containsExactly(directory.resolve("*.exe"));
    }

    @Test
    void readsAResponseFileOfSeveralCommands() throws IOException {
        Path file = directory.resolve("commands.rsp");
        Files.writeString(
                file, "\ufeffsign\r\n/fd\r\nsha256\r\nmy setup.exe\r\n\r\n\r\nverify\r\n/pa\r\nmy setup.exe\r\n");

        assertThat(lines().split(List.of("@commands.rsp")))
                .containsExactly(
                        List.of("sign", "/fd", "sha256", "my setup.exe"), List.of("verify", "/pa", "my setup.exe"));
    }

    @Test
    void readsAResponseFileInUtf16() throws IOException {
        Files.write(directory.resolve("r"), "\ufeffverify\r\nprüfung.exe".getBytes(StandardCharsets.UTF_16LE));

        assertThat(lines().split(List.of("@r"))).containsExactly(List.of("verify", "prüfung.exe"));
    }

    @Test
    void complainsAboutAResponseFileThatIsMissingEmptyOrNoText() throws IOException {
        Files.createFile(directory.resolve("empty"));
        Files.write(directory.resolve("binary"), new byte[] {(byte) 0xc3, (byte) 0x28});

        assertThatThrownBy(() -> lines().split(List.of("@missing"))).hasMessageStartingWith("File not found: ");
        assertThatThrownBy(() -> lines().split(List.of("@empty"))).hasMessageStartingWith("The response file is empty");
        assertThatThrownBy(() -> lines().split(List.of("@binary")))
                .hasMessageStartingWith("The response file is not text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?", "-?", "/h", "-H", "--help"})
    void knowsAQuestion(String word) {
        assertThat(CommandLines.asksForHelp(List.of("sign", word))).isTrue();
    }

    private ParsedCommand parse(String line) {
        return lines().parse(List.of(line.split(" ")));
    }

    private CommandLines lines() {
        return new CommandLines(directory);
    }
}
