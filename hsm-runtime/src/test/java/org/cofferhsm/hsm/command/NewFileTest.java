package org.cofferhsm.hsm.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {

    @TempDir
    private Path directory;

    @Test
    void makesAFileAndLeavesNothingBeside() {
        Path file = directory.resolve("wrapped.key");

        NewFile.write(file, new byte[] {1, 2, 3});

        assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(directory.toFile().list()).containsExactly("wrapped.key");
    }

    @Test
    void leavesAloneWhatIsThere() throws IOException {
        Path file = Files.writeString(directory.resolve("wrapped.key"), "the only copy");

        assertRefused(Reason.ARGUMENT_INVALID, () -> NewFile.requireAbsent(file))
                .hasMessageContaining("is there already; name another");
        assertRefused(Reason.ARGUMENT_INVALID, () -> NewFile.write(file, new byte[1]))
                .hasMessageContaining("is there already; name another");

        assertThat(file).hasContent("the only copy");
    }

    @Test
    void namesAFileThatCannotBeMade() {
        Path file = directory.resolve("nowhere").resolve("wrapped.key");

        assertRefused(Reason.ARGUMENT_INVALID, () -> NewFile.write(file, new byte[1]))
                .hasMessageContaining(file + " cannot be written");
    }
}
