package org.cofferhsm.tde.cli;

import org.cofferhsm.hsm.spi.Terminal;
import org.cofferhsm.tde.h2.PageProgress;

/** Shows on a terminal how far long work has come, in per cent; silent in a pipe. */
final class PageMeter implements PageProgress, AutoCloseable {

    private static final String ERASE_LINE = "\r\033[K";

    private final Terminal terminal;
    private final String what;
    private int shown = -1;

    PageMeter(Terminal terminal, String what) {
        this.terminal = terminal;
        this.what = what;
    }

    @Override
    public void update(long done, long all) {
        int percent = all == 0 ? 100 : (int) (100 * done / all);
        if (percent != shown && terminal.width().isPresent()) {
            shown = percent;
            write("\r" + what + " ... " + percent + " %");
        }
    }

    @Override
    public void close() {
        if (shown >= 0) {
            write(ERASE_LINE);
        }
    }

    private void write(String text) {
        terminal.err().print(text);
        terminal.err().flush();
    }
}
