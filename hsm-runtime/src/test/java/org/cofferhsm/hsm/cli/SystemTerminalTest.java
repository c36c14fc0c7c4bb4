package org.cofferhsm.hsm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.command.ExitStatus;
import org.cofferhsm.hsm.spi.Terminal;
import org.junit.jupiter.api.Test;

class SystemTerminalTest {

    /** As a full disk does, or a closed pipe. */
    private static final class Broken extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            throw new IOException("no space left");
        }
    }

    @Test
    void lostOutputIsAFailure() {
        TestTerminal complaints = new TestTerminal(Path.of(""), Map.of(), List.of());
        PrintWriter broken = SystemTerminal.writer(new PrintStream(new Broken(), false, StandardCharsets.UTF_8));
        Terminal terminal = new SystemTerminal(broken, complaints.err(), Map.of());
        assertThat(Main.run(List.of("--version"), terminal)).isEqualTo(ExitStatus.FAILED);
        assertThat(complaints.complaints()).startsWith("coffer: the output could not be written in full");
    }
}
