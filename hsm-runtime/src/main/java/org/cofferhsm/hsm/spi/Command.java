package org.cofferhsm.hsm.spi;

import java.util.List;

/** One command of {@code coffer}; adapters bring theirs in a {@link CommandSet}. */
public interface Command {

    /** The words that name it, such as {@code [key, generate-symmetric, aes]}. */
    List<String> name();

    /** One line for the overview. */
    String summary();

    /**
     * Runs it.
     *
     * @param arguments what follows the name
     * @return the exit status: 0 done, 1 refused or failed, 2 usage
     */
    int run(List<String> arguments, Terminal terminal);
}
