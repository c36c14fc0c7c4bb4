package org.cofferhsm.ekm.cli;

import java.util.List;
import org.cofferhsm.hsm.spi.Command;
import org.cofferhsm.hsm.spi.CommandSet;

/** The commands {@code ekm}. */
public final class EkmCommands implements CommandSet {

    /** For {@link java.util.ServiceLoader}. */
    public EkmCommands() {}

    @Override
    public List<String> nouns() {
        return List.of("ekm");
    }

    @Override
    public List<Command> commands() {
        return List.of(
                new DoctorCommand(),
                new KeysCreateCommand(),
                new KeysDropCommand(),
                new KeysListCommand(),
                new ScriptCommand(),
                new SimulateCommand());
    }
}
