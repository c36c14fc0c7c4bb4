package org.cofferhsm.hsm.command;

import java.util.function.Supplier;
import org.cofferhsm.hsm.spi.Terminal;

/** Says on a terminal what takes so long, and takes it back at the end; silent in a pipe. */
public record Progress(Terminal terminal) {

    private static final String ERASE_LINE = "\r\033[K";

    /** Does something that takes a while. */
    public <T> T during(String what, Supplier<T> work) {
        if (terminal.width().isEmpty()) {
            return work.get();
        }
        write(what + " ...");
        try {
            return work.get();
        } finally {
            write(ERASE_LINE);
        }
    }

    private void write(String text) {
        terminal.err().print(text);
        terminal.err().flush();
    }
}
