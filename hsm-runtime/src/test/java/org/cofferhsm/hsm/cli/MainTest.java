package org.cofferhsm.hsm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.command.ExitStatus;
import org.junit.jupiter.api.Test;

class MainTest {

    @Test
    void versionIsTheBuilds() {
        TestTerminal terminal = new TestTerminal(Path.of(""), Map.of(), List.of());
        assertThat(Main.run(List.of("--version"), terminal)).isZero();
        assertThat(terminal.written()).matches("coffer \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
        assertThat(terminal.complaints()).isEmpty();
    }

    /** A process of its own, since classes once loaded stay. */
    @Test
    void versionStartsNoEngine() throws IOException, InterruptedException {
        Run run = java("-Xlog:class+load:stdout", "org.cofferhsm.hsm.cli.Main", "--version");
        assertThat(run.status()).isZero();
        assertThat(run.output())
                .contains("coffer ")
                .doesNotContain("org.cofferhsm.hsm.Hsm ")
                .doesNotContain("org.cofferhsm.hsm.session")
                .doesNotContain("org.h2.")
                .doesNotContain("org.bouncycastle.")
                .doesNotContain("com.sun.jna.")
                .doesNotContain("com.google.gson.")
                .doesNotContain("org.apache.commons.cli.");
    }

    @Test
    void aProcessEndsWithTheStatusOfItsCommand() throws IOException, InterruptedException {
        Run run = java("org.cofferhsm.hsm.cli.Main", "no-such-command");
        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.output()).contains("no command is called \"no-such-command\"", "Usage: coffer COMMAND");
    }

    @Test
    void aFaultOfTheProgramIsARefusalToo() {
        Path faulty = mock(Path.class, call -> {
            throw new IllegalStateException("nobody thought of that");
        });
        TestTerminal forPeople = new TestTerminal(faulty, Map.of(), List.of());
        assertThat(Main.run(List.of("status", "--home", "a"), forPeople)).isEqualTo(ExitStatus.FAILED);
        assertThat(forPeople.complaints()).startsWith("coffer: ").contains("[INTERNAL]");
        TestTerminal forScripts = new TestTerminal(faulty, Map.of(), List.of());
        assertThat(Main.run(List.of("status", "--home", "a", "--json"), forScripts))
                .isEqualTo(ExitStatus.FAILED);
        assertThat(forScripts.written()).contains("\"error_code\": 1", "\"reason\": \"INTERNAL\"");
    }

    private record Run(int status, String output) {}

    private static Run java(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}
