package org.cofferhsm.hsm.cli;

import java.util.List;
import org.cofferhsm.hsm.spi.Command;

/** Where the commands come from. */
interface CommandSource {

    /** Every command there is, in the order of the overview. */
    List<Command> all();

    /** Those that may begin with these words; fewer classes are loaded than for {@link #all}. */
    List<Command> under(List<String> words);
}
