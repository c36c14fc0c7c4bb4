package org.cofferhsm.ekm.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cofferhsm.ekm.EkmAlgorithm;
import org.cofferhsm.ekm.EkmStatus;
import org.cofferhsm.ekm.ProviderInfo;
import org.cofferhsm.ekm.standin.NativeLibraryFile;
import org.cofferhsm.hsm.testing.Interop;
import org.cofferhsm.hsm.testing.ProgramRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The native provider: its C tests under sanitizers, its numbers, what it exports and how large it is. */
@EnabledOnOs(OS.LINUX)
class NativeProviderTest {
    private static final Path SOURCES = Path.of("src/main/native/ekm");
    private static final int LARGEST = 100_000;

    @ParameterizedTest
    @ValueSource(strings = {"address", "thread"})
    void makesNoMistakeUnderTheSanitizer(String sanitizer) throws Exception {
        Interop.program("cc");

        ProgramRun run = ProgramRun.of("src/test/native/ekm/check", sanitizer, "target/native-test")
                .succeeds();

        assertThat(run.output().lines().filter(line -> line.startsWith("passed: ")))
                .hasSizeGreaterThan(30);
    }

    @Test
    void exportsTheSeventeenFunctionsAndNothingElse() throws Exception {
        Interop.program("nm");

        ProgramRun run = ProgramRun.of("nm", "-D", "--defined-only", "--format=posix", library())
                .succeeds();

        assertThat(run.output().lines().map(line -> line.split(" ")[0]))
                .hasSize(17)
                .allMatch(name -> name.startsWith("SqlCrypt"));
    }

    @Test
    void isSmall() throws IOException {
        assertThat(Files.size(library())).isLessThanOrEqualTo(LARGEST);
    }

    private static Path library() {
        Interop.program("cc");
        return NativeLibraryFile.find().orElseThrow().file();
    }

    @Test
    void hasTheStatusesOfTheService() throws IOException {
        Map<String, Integer> service =
                Arrays.stream(EkmStatus.values()).collect(Collectors.toMap(EkmStatus::name, EkmStatus::code));

        Map<String, Integer> library = numbers("\\bEKM_(?<name>[A-Z_]+) = (?<number>\\d+)", "status.h");

        assertThat(library).containsAllEntriesOf(service);
        assertThat(library.keySet())
                .allMatch(name -> service.containsKey(name)
                        || List.of(
                                        "RESERVED",
                                        "AUTHENTICATION_BASIC",
                                        "SYMMETRIC",
                                        "ASYMMETRIC",
                                        "BLOB_PUBLIC",
                                        "PARAMETER_IV",
                                        "KEY_SUPPORTED",
                                        "KEY_EXPORTABLE",
                                        "KEY_NAME_LIMIT",
                                        "IV_LIMIT",
                                        "THUMBPRINT_LIMIT",
                                        "THUMBPRINT")
                                .contains(name));
    }

    @Test
    void hasTheOperationsOfTheDocument() throws IOException {
        String document = Files.readString(Path.of("../docs/channel.md"));
        String section = document.substring(document.indexOf("## Service `ekm`"));

        assertThat(numbers("\\bOPERATION_(?<name>[A-Z_]+) = (?<number>\\d+)", "status.h"))
                .isNotEmpty()
                .isEqualTo(found("\\| (?<number>\\d+) (?<name>[A-Z_]+) \\|", section));
    }

    @Test
    void hasTheAlgorithmsOfTheService() throws IOException {
        List<String> service = Arrays.stream(EkmAlgorithm.values())
                .map(each -> "ALGORITHM(%d, %s, %s, %d, %d)"
                        .formatted(
                                each.id(),
                                each.tag(),
                                each.isAsymmetric() ? "EKM_ASYMMETRIC" : "EKM_SYMMETRIC",
                                each.bits(),
                                each.ivBits()))
                .toList();

        assertThat(Files.readAllLines(SOURCES.resolve("algorithms.def"))).containsSubsequence(service);
    }

    @Test
    void hasTheIdentityOfTheService() throws IOException {
        UUID guid = ProviderInfo.COFFER.guid();

        assertThat(Files.readString(SOURCES.resolve("information.c"))).contains("/* " + guid + ":");
    }

    private static Map<String, Integer> numbers(String pattern, String file) throws IOException {
        return found(pattern, Files.readString(SOURCES.resolve(file)));
    }

    private static Map<String, Integer> found(String pattern, String text) {
        Map<String, Integer> numbers = new TreeMap<>();
        Matcher each = Pattern.compile(pattern).matcher(text);
        while (each.find()) {
            numbers.put(each.group("name"), Integer.valueOf(each.group("number")));
        }
        return numbers;
    }
}
