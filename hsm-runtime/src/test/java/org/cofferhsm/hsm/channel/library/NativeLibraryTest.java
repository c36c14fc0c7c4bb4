package org.cofferhsm.hsm.channel.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cofferhsm.hsm.testing.Interop;
import org.cofferhsm.hsm.testing.ProgramRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What programs that load libcoffer-pkcs11.so rely on, read from the file itself. */
@EnabledOnOs(OS.LINUX)
class NativeLibraryTest {
    private static final String NAME = "libcoffer-pkcs11.so";
    private static final Version OLDEST_SYSTEM = Version.parse("2.28"); // RHEL 8, on which Oracle runs

    @TempDir
    private static Path built;

    @BeforeAll
    static void build() throws Exception {
        Interop.program("cc");
        ProgramRun.of(NativeScripts.BUILD, built.resolve("native")).succeeds();
    }

    @Test
    void needsTheCLibraryOnly() throws Exception {
        assertThat(groups("NEEDED.*\\[(.*)]", readelf("-dW")))
                .isNotEmpty()
                .allMatch(name -> name.matches("libc\\.so\\.6|ld-linux.*"));
    }

    @Test
    void needsNoNewerCLibraryThanThatOfTheOldestSystem() throws Exception {
        assertThat(groups("GLIBC_([0-9.]+)", symbols()))
                .isNotEmpty()
                .allMatch(version -> Version.parse(version).compareTo(OLDEST_SYSTEM) <= 0);
        assertThat(symbols()).doesNotContain("GLIBC_ABI", "GLIBC_PRIVATE");
    }

    @Test
    void exportsCryptokiAndNothingElse() throws Exception {
        assertThat(exported()).allMatch(name -> name.startsWith("C_"));
    }

    private static List<String> exported() throws Exception {
        return symbols()
                .lines()
                .filter(line -> !line.contains("*UND*") && line.matches("[0-9a-f]{16} .*"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
    }

    @Test
    void isHardened() throws Exception {
        assertThat(readelf("-lW")).contains("GNU_RELRO").containsPattern("GNU_STACK .* RW +0x");
        assertThat(readelf("-dW")).contains("BIND_NOW").doesNotContain("TEXTREL", "RPATH", "RUNPATH");
        assertThat(symbols()).contains("__stack_chk_fail", "_chk");
    }

    @Test
    void isSmall() throws Exception {
        assertThat(library()).isNotEmptyFile();
        assertThat(Files.size(library())).isLessThan(256 * 1024);
    }

    @Test
    void namesNoPlaceOfTheMachineItWasBuiltOn() throws Exception {
        assertThat(new String(Files.readAllBytes(library()), StandardCharsets.ISO_8859_1))
                .doesNotContain(System.getProperty("user.dir"));
    }

    @Test
    void isTheSameWhereverItIsBuilt(@TempDir Path elsewhere) throws Exception {
        Path copy = elsewhere.resolve("copy of the sources");
        ProgramRun.of("cp", "-R", NativeScripts.BUILD.getParent(), copy).succeeds();

        ProgramRun.of(copy.resolve("build"), elsewhere.resolve("native")).succeeds();

        assertThat(libraryIn(elsewhere.resolve("native"))).hasSameBinaryContentAs(library());
    }

    @Test
    void isNotBuiltAgainUnlessSomethingChanged(@TempDir Path elsewhere) throws Exception {
        Path copy = elsewhere.resolve("sources");
        Path output = elsewhere.resolve("native");
        ProgramRun.of("cp", "-R", NativeScripts.BUILD.getParent(), copy).succeeds();

        assertThat(ProgramRun.of(copy.resolve("build"), output).succeeds().output())
                .startsWith("built ")
                .endsWith(NAME + "\n");
        assertThat(ProgramRun.of(copy.resolve("build"), output).succeeds().output())
                .isEmpty();
        Files.writeString(copy.resolve("channel/added.h"), "");
        assertThat(ProgramRun.of(copy.resolve("build"), output).succeeds().output())
                .startsWith("built ");
    }

    @Test
    void saysInOneLineThatThereIsNoCompiler(@TempDir Path output) throws Exception {
        ProgramRun run = ProgramRun.with(Map.of("CC", "no-such-compiler"), NativeScripts.BUILD, output)
                .succeeds();

        assertThat(run.output()).isEqualTo("no C compiler: " + NAME + " is not built\n");
        assertThat(output).isEmptyDirectory();
    }

    @Test
    void failsTheBuildOnAWarning(@TempDir Path elsewhere) throws Exception {
        Path copy = elsewhere.resolve("sources");
        ProgramRun.of("cp", "-R", NativeScripts.BUILD.getParent(), copy).succeeds();
        Files.writeString(copy.resolve("channel/added.c"), "static int unused;\n");

        ProgramRun run = ProgramRun.of(copy.resolve("build"), elsewhere.resolve("native"));

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.output()).contains("unused");
    }

    private static String readelf(String what) throws Exception {
        return ProgramRun.of(Interop.program("readelf"), what, library())
                .succeeds()
                .output();
    }

    private static String symbols() throws Exception {
        return ProgramRun.of(Interop.program("objdump"), "-T", library())
                .succeeds()
                .output();
    }

    private static Path library() throws IOException {
        return libraryIn(built.resolve("native"));
    }

    private static Path libraryIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.endsWith(NAME)).findFirst().orElseThrow();
        }
    }

    private static List<String> groups(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
