package org.cofferhsm.hsm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.command.ExitStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same dialogues while {@code coffer serve} owns the module, in a process of its own. */
class ServedTranscriptTest {

    private static final String PIN = "correct-horse-battery";

    @TempDir
    private Path directory;

    private @Nullable ServeProcess service;

    @AfterEach
    void stop() throws InterruptedException {
        if (service != null) {
            service.terminate();
        }
    }

    private long serve() {
        try {
            service = ServeProcess.start(directory.resolve("module"), Map.of()).ready();
            return service.pid();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audit.txt",
                "key-pairs-and-signatures.txt",
                "lockout.txt",
                "sharing.txt",
                "symmetric-keys.txt",
                "users.txt",
                "wrapping.txt"
            })
    void goesAsWritten(String file) throws IOException {
        new TranscriptPlay(directory).play(file, step -> {
            if (step.command().endsWith("coffer init")) {
                serve();
            }
        });
        assertThat(Hsm.serviceOf(directory.resolve("module"))).isPresent();
    }

    @Test
    void whatNeedsTheModuleItselfSaysThatTheServiceHasIt() {
        assertThat(run("init")).isZero();
        serve();

        TestTerminal terminal = terminal();
        assertThat(Main.run(List.of("init"), terminal)).isEqualTo(ExitStatus.FAILED);

        assertThat(terminal.complaints()).contains("stop the service first", "[MODULE_IN_USE]");
    }

    @Test
    void nobodyIsAskedForThePinOfAModuleThatIsThere() {
        assertThat(run("init")).isZero();
        TestTerminal terminal = new TestTerminal(directory, Map.of("COFFER_HOME", "module"), List.of());
        assertThat(Main.run(List.of("init"), terminal)).isEqualTo(ExitStatus.FAILED);
        assertThat(terminal.complaints()).contains("[MODULE_ALREADY_INITIALIZED]");
        serve();

        TestTerminal served = new TestTerminal(directory, Map.of("COFFER_HOME", "module"), List.of());
        assertThat(Main.run(List.of("init"), served)).isEqualTo(ExitStatus.FAILED);
        assertThat(served.complaints()).contains("[MODULE_IN_USE]");
    }

    @Test
    void doctorSeesTheService() {
        assertThat(run("init")).isZero();
        serve();

        TestTerminal terminal = terminal();
        assertThat(Main.run(List.of("doctor"), terminal)).isZero();

        assertThat(terminal.written()).contains("service", "serves the module", "OPERATIONAL");
    }

    /** No seal is asked for, and none has to be readable: the service has opened it. */
    @Test
    void programsThatMayNotLookIntoTheDirectoryNameTheSocket() {
        assertThat(run("init")).isZero();
        long pid = serve();
        Map<String, String> environment =
                Map.of("COFFER_SOCKET", "module/coffer.sock", "COFFER_HOME", "elsewhere", "COFFER_PIN", "admin:" + PIN);

        TestTerminal terminal = new TestTerminal(directory, environment, List.of());
        assertThat(Main.run(List.of("user", "list"), terminal))
                .as(terminal.complaints())
                .isZero();

        assertThat(terminal.written()).contains("admin");
        assertThat(KeyFile.in(directory.resolve("elsewhere")).path()).doesNotExist();
        assertThat(Hsm.ownerOf(directory.resolve("module"))).hasValue(pid);
    }

    @Test
    void statusAndLockGoByTheNamedSocket() {
        assertThat(run("init")).isZero();
        long pid = serve();
        Map<String, String> environment =
                Map.of("COFFER_SOCKET", "module/coffer.sock", "COFFER_HOME", "elsewhere", "COFFER_PIN", "admin:" + PIN);
        TestTerminal terminal = new TestTerminal(directory, environment, List.of());

        assertThat(Main.run(List.of("status"), terminal)).isZero();
        assertThat(terminal.written())
                .contains("OPERATIONAL", "process " + pid)
                .doesNotContain("UNINITIALIZED", "elsewhere");
        assertThat(Main.run(List.of("lock"), terminal))
                .as(terminal.complaints())
                .isZero();
        assertThat(Hsm.isLockedDown(directory.resolve("module"))).isTrue();
    }

    @Test
    void statusTellsWhoLockedTheModule() {
        assertThat(run("init")).isZero();
        TestTerminal before = terminal();
        assertThat(Main.run(List.of("status"), before)).isZero();
        assertThat(before.written()).contains("LOCKED").doesNotContain("an admin");

        assertThat(run("lock")).isZero();

        TestTerminal after = terminal();
        assertThat(Main.run(List.of("status"), after)).isZero();
        assertThat(after.written()).contains("LOCKED", "an admin, until coffer unlock");
    }

    private TestTerminal terminal() {
        return new TestTerminal(
                directory,
                Map.of("COFFER_HOME", "module", "COFFER_ADMIN_PIN", PIN, "COFFER_PIN", "admin:" + PIN),
                List.of());
    }

    private int run(String command) {
        return Main.run(List.of(command), terminal());
    }
}
