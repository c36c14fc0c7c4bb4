package org.cofferhsm.hsm.cli;

import org.cofferhsm.hsm.channel.ServiceLog;
import org.cofferhsm.hsm.command.Printable;
import org.cofferhsm.hsm.spi.Terminal;

/** The service's log on standard error, where systemd's journal adds the time. */
record TerminalLog(Terminal terminal) implements ServiceLog {

    private static final String FORMAT = "java.util.logging.SimpleFormatter.format";

    /** What other rooms say through {@link System.Logger} comes in the same lines, unless the operator has chosen others. */
    static void shapeLoggers() {
        if (System.getProperty("java.util.logging.config.file") == null) {
            System.getProperties().putIfAbsent(FORMAT, "coffer serve: %5$s%6$s%n");
        }
    }

    @Override
    public synchronized void line(String text) {
        terminal.err().println("coffer serve: " + Printable.of(text));
        terminal.err().flush();
    }
}
