package org.cofferhsm.hsm.spi;

import java.util.List;

/**
 * The commands that an adapter brings, found by {@link java.util.ServiceLoader}. They are made only when one of them, or
 * the overview, is asked for. An adapter that has several sets for a word names them one after the other, so that the
 * search may stop behind them.
 */
public interface CommandSet {

    /** The first words of its commands, such as {@code signtool}. */
    List<String> nouns();

    /** All of them, in the order of the overview. */
    List<Command> commands();
}
