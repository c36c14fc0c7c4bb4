package org.cofferhsm.hsm.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StepFileTest {
    @TempDir
    private Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void replacesWhatWasThereAndLeavesNothingBeside() {
        StepFile file = new StepFile(directory.resolve("file"));
        file.write(bytes("a first and longer content"));

        file.write(bytes("second"));

        assertThat(file.read()).isEqualTo(bytes("second"));
        assertThat(directory.toFile().list()).containsExactly("file");
    }

    @Test
    void keepsTheOldContentWhenItsMakerStopsHalfWay() {
        StepFile file = new StepFile(directory.resolve("file"));
        file.write(bytes("first"));

        assertThatThrownBy(() -> file.make(part -> {
                    new StepFile(part).write(bytes("sec"));
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");

        assertThat(file.read()).isEqualTo(bytes("first"));
    }

    @Test
    void saysWhichFileCannotBeReadOrWritten() {
        StepFile file = new StepFile(directory.resolve("nowhere").resolve("file"));

        assertRefused(Reason.ARGUMENT_INVALID, file::read).hasMessageContaining("nowhere");
        assertRefused(Reason.ARGUMENT_INVALID, () -> file.write(bytes("x"))).hasMessageContaining("nowhere");
    }

    @Test
    void quotesOnlyWhatAShellWouldChange() {
        assertThat(new StepFile(Path.of("plain", "tde.pin")).quoted()).doesNotContain("'", "\"");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void quotesBlanksQuotesDollarsAndBackslashes() {
        OutsideProgram shell = OutsideProgram.find("sh").orElseThrow();
        String name = "/my files/it's $HOME \\ \"x\"";

        String echoed = shell.run("-c", "printf %s " + new StepFile(Path.of(name)).quoted())
                .text();

        assertThat(echoed).isEqualTo(name);
    }
}
