package org.cofferhsm.ekm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cofferhsm.ekm.channel.EkmService;
import org.cofferhsm.ekm.standin.NativeLibraryFile;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.channel.LocalService;
import org.cofferhsm.hsm.channel.ServiceOptions;
import org.cofferhsm.hsm.cli.TestTerminal;
import org.cofferhsm.hsm.testing.Interop;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class SimulateCommandTest {
    private static final Path SAMPLE = Path.of("../samples/src/main/sqlserver/stand-in.sql");

    private Path home;
    private Hsm hsm;
    private LocalService service;
    private Path library;

    @BeforeEach
    void serve(@TempDir Path directory) throws IOException {
        Interop.program("cc");
        home = directory.resolve("home");
        hsm = TestModule.create(home, "tde").open();
        Path socket = directory.resolve("s");
        service = LocalService.start(hsm, ServiceOptions.at(socket), List.of(new EkmService()), line -> {});
        library = NativeLibraryFile.find()
                .orElseThrow()
                .installIn(Files.createDirectory(directory.resolve("library")), socket, "log = none");
    }

    @AfterEach
    void stop() {
        service.close();
        hsm.close();
    }

    private TestTerminal run(int status, String secret) {
        TestTerminal terminal = new TestTerminal(home, Map.of("EKM_USER", "tde", "EKM_SECRET", secret), List.of());
        List<String> arguments = new ArrayList<>(
                List.of("--script", SAMPLE.toAbsolutePath().toString(), "--library", library.toString()));
        assertThat(new SimulateCommand().run(arguments, terminal))
                .as(terminal.complaints() + terminal.written())
                .isEqualTo(status);
        return terminal;
    }

    @Test
    void runsTheSample() {
        assertThat(run(0, TestModule.PIN).written())
                .contains("restarted")
                .contains("af49bf6d-34fc-4605-81e8-765a6ec28c48 | 1.0.0.0")
                .contains("sample-cells")
                .doesNotContain("0x0x");
    }

    @Test
    void stopsAtAMessageWithoutShowingTheSecret() {
        TestTerminal terminal = run(1, "guess-me-not");

        assertThat(terminal.complaints() + terminal.written())
                .contains("Msg 33028")
                .contains("Provider error code: 5 (AUTH_FAILURE)")
                .doesNotContain("guess-me-not");
    }
}
