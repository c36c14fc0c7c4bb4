package org.cofferhsm.hsm.pkcs11.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cofferhsm.hsm.cryptoki.SoftHsm;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.testing.Interop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the benchmark in C still compiles and measures, with SoftHSM on both sides; its numbers are for people. */
class BenchmarkTest {

    private static final Path SOURCES = Path.of("src", "test", "native", "benchmark");

    @TempDir
    private Path directory;

    @Test
    void measuresTwoModules() throws IOException {
        Path benchmark = built();
        SoftHsm.make(directory, "one");
        SoftHsm.make(directory, "two");
        Map<String, String> environment = Map.of(
                "SOFTHSM2_CONF",
                directory.resolve("softhsm2.conf").toString(),
                "SOFTHSM_PIN",
                SoftHsm.PIN,
                "COFFER_PIN",
                SoftHsm.PIN,
                "ROUNDS",
                "1",
                "SECONDS_EACH",
                "0.02",
                "MOST_OBJECTS",
                "10");
        String module = SoftHsm.file().toString();

        OutsideProgram.Finished finished =
                new OutsideProgram(List.of(benchmark.toString()), environment).run(module, "one", module, "two", "0");

        assertThat(finished.status()).as(finished.messages()).isZero();
        assertThat(finished.text().lines().filter(line -> line.matches("\\| .* \\| \\d+ x \\d+ \\|.*")))
                .hasSize(16)
                .noneMatch(line -> line.contains("0x"));
    }

    private Path built() throws IOException {
        Path benchmark = directory.resolve("benchmark");
        List<String> command = new ArrayList<>(List.of(
                Interop.program("cc").toString(), "-std=c11", "-D_GNU_SOURCE", "-O1", "-Wall", "-Wextra", "-Werror"));
        command.addAll(List.of("-Isrc/main/native/pkcs11", "-o", benchmark.toString()));
        try (Stream<Path> files = Files.list(SOURCES)) {
            files.map(Path::toString).filter(file -> file.endsWith(".c")).forEach(command::add);
        }
        command.addAll(List.of("-ldl", "-lpthread"));
        assertThat(new OutsideProgram(command, Map.of()).run().messages()).isEmpty();
        return benchmark;
    }
}
