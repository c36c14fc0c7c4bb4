package org.cofferhsm.hsm.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.cofferhsm.hsm.cli.TestTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretSourceTest {

    @TempDir
    private Path directory;

    /** What a JVM makes of a PIN with an umlaut in the locale C, where it is no text. */
    @Test
    void refusesASecretThatTheLocaleGarbled() {
        TestTerminal terminal = new TestTerminal(directory, Map.of("COFFER_ADMIN_PIN", "Zo\uFFFD\uFFFD-Horse-42"));

        assertThat(terminal.coffer("init", "--home", "module")).isEqualTo(1);

        assertThat(terminal.complaints())
                .contains("COFFER_ADMIN_PIN has characters that cannot be read", "ARGUMENT_INVALID")
                .doesNotContain("Horse");
        assertThat(directory.resolve("module/module.key")).doesNotExist();
    }

    @Test
    void takesSecretsOfAllLetters() {
        TestTerminal terminal = new TestTerminal(directory, Map.of("COFFER_ADMIN_PIN", "Zo\u00EB-\u99AC-Horse-42"));

        assertThat(terminal.coffer("init", "--home", "module"))
                .as(terminal::complaints)
                .isZero();
        assertThat(directory.resolve("module/module.key")).exists();
    }
}
