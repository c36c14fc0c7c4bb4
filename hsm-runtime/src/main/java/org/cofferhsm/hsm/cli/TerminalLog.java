package org.cofferhsm.hsm.cli;

import org.cofferhsm.hsm.channel.ServiceLog;
import org.cofferhsm.hsm.spi.Terminal;

/** The service's log on standard error, where systemd's journal adds the time. */
record TerminalLog(Terminal terminal) implements ServiceLog {

    @Override
    public synchronized void line(String text) {
        terminal.err().println("coffer serve: " + Printable.of(text));
        terminal.err().flush();
    }
}
