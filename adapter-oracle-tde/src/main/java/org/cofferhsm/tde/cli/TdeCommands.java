package org.cofferhsm.tde.cli;

import java.util.List;
import org.cofferhsm.hsm.spi.Command;
import org.cofferhsm.hsm.spi.CommandSet;

/** The commands {@code tde} about keystores, tablespaces and databases. */
public final class TdeCommands implements CommandSet {

    /** For {@link java.util.ServiceLoader}. */
    public TdeCommands() {}

    @Override
    public List<String> nouns() {
        return List.of("tde");
    }

    @Override
    public List<Command> commands() {
        return List.of(
                new CloseCommand(),
                new ListCommand(),
                new OpenCommand(),
                new RekeyCommand(),
                new SetKeyCommand(),
                new TdeStatusCommand(),
                new TdeInstallCommand(),
                new TdePreflightCommand(),
                new TdeScriptCommand(),
                new H2EncryptCommand(),
                new H2RekeyCommand(),
                new TablespaceKeyCommand());
    }
}
