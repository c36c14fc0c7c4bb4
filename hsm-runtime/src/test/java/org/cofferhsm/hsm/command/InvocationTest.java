package org.cofferhsm.hsm.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.cofferhsm.hsm.cli.TestTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvocationTest {

    /** As any letter beyond ASCII is in the locale C, and a colon in Windows. */
    @Test
    void saysThatANameIsNoneOfAFile(@TempDir Path directory) {
        TestTerminal terminal = new TestTerminal(directory, Map.of());

        assertThat(terminal.coffer("init", "--home", "mod\0ule")).isEqualTo(1);

        assertThat(terminal.complaints())
                .contains("cannot be the name of a file", "ARGUMENT_INVALID")
                .doesNotContain("fault of Coffer");
    }
}
