package org.cofferhsm.ekm.driver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.cofferhsm.hsm.testing.Interop;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code coffer-ekm.dll} as a file: what it exports, needs and says of itself. */
class WindowsLibraryTest {

    private static final List<String> CALLS = List.of(
            "CloseSession",
            "CreateKey",
            "Decrypt",
            "DropKey",
            "Encrypt",
            "ExportKey",
            "FreeProvider",
            "GetAlgorithmInfo",
            "GetKeyInfoByKeyId",
            "GetKeyInfoByName",
            "GetKeyInfoByThumb",
            "GetNextAlgorithmId",
            "GetNextKeyId",
            "GetProviderInfo",
            "ImportKey",
            "InitializeProvider",
            "OpenSession");

    private static String headers;

    @TempDir
    static Path built;

    @BeforeAll
    static void build() throws Exception {
        Interop.program("x86_64-w64-mingw32-gcc");
        DriverBuild.run(DriverBuild.DLL, built.resolve("native"), "1.2.3-SNAPSHOT");
        headers = DriverBuild.run(Interop.program("x86_64-w64-mingw32-objdump"), "-p", library());
    }

    private static Path library() {
        return libraryIn(built.resolve("native"));
    }

    private static Path libraryIn(Path directory) {
        return directory.resolve("windows-x86_64/coffer-ekm.dll");
    }

    private static List<String> groups(String pattern) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(headers)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void exportsTheSeventeenCallsUndecoratedAndNothingElse() {
        assertThat(groups("^\\s+\\[ *\\d+] (\\S+)$"))
                .containsExactlyElementsOf(
                        CALLS.stream().map(call -> "SqlCrypt" + call).toList());
    }

    @Test
    void needsOnlyWhatEveryWindowsHas() {
        assertThat(new TreeSet<>(groups("DLL Name: (\\S+)")).stream().map(String::toUpperCase))
                .isNotEmpty()
                .isSubsetOf("ADVAPI32.DLL", "BCRYPT.DLL", "KERNEL32.DLL", "MSVCRT.DLL", "WS2_32.DLL");
    }

    @Test
    void isFor64BitsAndMayBePlacedAnywhere() {
        assertThat(headers)
                .contains("PE32+", "HIGH_ENTROPY_VA", "DYNAMIC_BASE", "NX_COMPAT", "Base Relocation Directory")
                .containsPattern("(?m)^\\s+DLL$")
                .doesNotContain("relocations stripped");
    }

    @Test
    void saysWhatItIs() throws Exception {
        byte[] all = Files.readAllBytes(library());
        String wide = new String(all, UTF_16LE);
        String shifted = new String(all, 1, all.length - 1, UTF_16LE);
        for (String text : List.of("VS_VERSION_INFO", "coffer-ekm.dll", "1.2.3-SNAPSHOT", "SQL Server")) {
            assertThat(wide.contains(text) || shifted.contains(text)).as(text).isTrue();
        }
        // VS_FIXEDFILEINFO: its signature, its own version 1.0, and the file's 1.2.3.0 as two little-endian numbers
        byte[] fixed = HexFormat.of().parseHex("bd04effe000001000200010000000300");
        assertThat(new String(all, ISO_8859_1)).contains(new String(fixed, ISO_8859_1));
    }

    @Test
    void isSmall() throws Exception {
        assertThat(Files.size(library())).isBetween(10_000L, 100_000L);
    }

    @Test
    void namesNoPlaceOfTheMachineItWasBuiltOn() throws Exception {
        assertThat(new String(Files.readAllBytes(library()), ISO_8859_1))
                .doesNotContain(System.getProperty("user.dir"), "/tmp/");
    }

    @Test
    void isTheSameWhereverAndWheneverItIsBuilt(@TempDir Path elsewhere) throws Exception {
        assertThat(groups("^Time/Date\\t+(.*)$")).containsExactly("Thu Jan  1 00:00:00 1970");

        DriverBuild.run(DriverBuild.DLL, elsewhere.resolve("native"), "1.2.3-SNAPSHOT");

        assertThat(libraryIn(elsewhere.resolve("native"))).hasSameBinaryContentAs(library());
    }

    @Test
    void isNotBuiltAgainUnlessSomethingChanged() throws Exception {
        assertThat(DriverBuild.run(DriverBuild.DLL, built.resolve("native"), "1.2.3-SNAPSHOT"))
                .isEmpty();
    }

    @Test
    void saysInOneLineThatThereIsNoCompiler(@TempDir Path output) throws Exception {
        String said = DriverBuild.run(Map.of("MINGW", "no-such"), DriverBuild.DLL, output, "1.2.3");

        assertThat(said).isEqualTo("no compiler for Windows (no-such-gcc): coffer-ekm.dll is not built\n");
        assertThat(output).isEmptyDirectory();
    }
}
