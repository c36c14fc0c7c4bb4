package org.cofferhsm.hsm.channel.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/** Runs the PKCS#11 module, loaded from its file, against a toy token, each time compiled with a sanitizer. */
@EnabledOnOs(OS.LINUX)
class NativeModuleTest {

    private static final Path CHECK =
            Path.of("src", "test", "native", "pkcs11", "check").toAbsolutePath();
    private static final Path FUNCTIONS =
            Path.of("src", "main", "native", "pkcs11", "functions.def").toAbsolutePath();

    @BeforeAll
    static void findCompiler() {
        Interop.program("cc");
    }

    @Test
    void makesNoMistakeWithMemory() throws Exception {
        ProgramRun run = ProgramRun.of(CHECK, "address", NativeScripts.WORK).succeeds();

        assertThat(run.output().lines())
                .filteredOn(line -> line.startsWith("passed: "))
                .hasSizeGreaterThan(65);
    }

    @Test
    void makesNoMistakeBetweenThreads() throws Exception {
        String[] concurrent = {"fork_test", "threads_test", "restart_test", "logout_test"};

        ProgramRun run = ProgramRun.of(
                        CHECK,
                        Stream.concat(Stream.of("thread", NativeScripts.WORK), Stream.of(concurrent))
                                .toArray())
                .succeeds();

        assertThat(run.output()).contains(concurrent);
    }

    /** PKCS#11 v2.40 has 68 functions, v3.0 has 24 more. */
    @Test
    void exportsEveryFunctionOfTheStandard(@TempDir Path built) throws Exception {
        ProgramRun.of(NativeScripts.BUILD, built.resolve("native")).succeeds();
        Path library;
        try (Stream<Path> files = Files.walk(built)) {
            library = files.filter(file -> file.endsWith("libcoffer-pkcs11.so"))
                    .findFirst()
                    .orElseThrow();
        }

        String symbols = ProgramRun.of(Interop.program("objdump"), "-T", library)
                .succeeds()
                .output();

        List<String> declared = groups("(?m)^FUNCTION(?:_3_0)?\\((C_\\w+),", Files.readString(FUNCTIONS));
        assertThat(declared).hasSize(68 + 24);
        assertThat(groups("(?m) DF \\.text.* (\\w+)$", symbols)).containsExactlyInAnyOrderElementsOf(declared);
    }

    private static List<String> groups(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
