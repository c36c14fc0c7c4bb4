package org.cofferhsm.signtool.tsa.cli;

import java.util.List;
import org.cofferhsm.hsm.spi.Command;
import org.cofferhsm.hsm.spi.CommandSet;

/** The commands {@code tsa}. */
public final class TsaCommands implements CommandSet {

    /** For {@link java.util.ServiceLoader}. */
    public TsaCommands() {}

    @Override
    public List<String> nouns() {
        return List.of("tsa");
    }

    @Override
    public List<Command> commands() {
        return List.of(new TsaInitCommand(), new TsaServeCommand());
    }
}
