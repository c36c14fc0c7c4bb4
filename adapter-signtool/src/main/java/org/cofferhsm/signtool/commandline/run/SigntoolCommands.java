package org.cofferhsm.signtool.commandline.run;

import java.util.List;
import org.cofferhsm.hsm.spi.Command;
import org.cofferhsm.hsm.spi.CommandSet;

/** The command {@code signtool}. */
public final class SigntoolCommands implements CommandSet {

    /** For {@link java.util.ServiceLoader}. */
    public SigntoolCommands() {}

    @Override
    public List<String> nouns() {
        return List.of("signtool");
    }

    @Override
    public List<Command> commands() {
        return List.of(new SigntoolCommand());
    }
}
