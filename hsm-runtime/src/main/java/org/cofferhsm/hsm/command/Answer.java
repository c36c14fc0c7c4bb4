package org.cofferhsm.hsm.command;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * What a command has to say, in both forms; only the one that is wanted is made.
 *
 * @param data for {@code --json}: maps, lists, strings, numbers and booleans
 * @param text for people
 * @param status the exit status, and the {@code error_code} in JSON
 */
public record Answer(Supplier<Object> data, Text text, int status) {

    /** Lines for people. */
    @FunctionalInterface
    public interface Text {
        /** @param width the columns of the terminal, if there is one */
        List<String> lines(OptionalInt width);
    }

    public static Answer of(Supplier<Object> data, Text text) {
        return new Answer(data, text, ExitStatus.DONE);
    }

    /** CloudHSM's answer when there is nothing but success to report. */
    public static Answer message(String text) {
        return of(() -> Map.of("message", text), width -> List.of(text));
    }

    /** The command did its work, and what it found is bad. */
    public static Answer failure(String text) {
        return new Answer(() -> text, width -> List.of(text), ExitStatus.FAILED);
    }

    /** Data for scripts, and a sentence for people. */
    public static Answer sentence(Supplier<Object> data, String text) {
        return of(data, width -> List.of(text));
    }
}
