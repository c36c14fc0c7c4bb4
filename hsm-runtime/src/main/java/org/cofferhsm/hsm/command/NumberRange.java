package org.cofferhsm.hsm.command;

/**
 * The numbers that an option takes, both ends among them. It keeps out what the program cannot calculate with; which
 * sizes a key may have is the module's to say.
 */
public record NumberRange(int smallest, int largest) {

    /** Counts and sequence numbers. */
    public static final NumberRange POSITIVE = new NumberRange(1, Integer.MAX_VALUE);

    /** Sizes of keys and parameters, in bits or bytes. */
    public static final NumberRange SIZE = new NumberRange(0, 1 << 20);

    public int parse(String option, String text) {
        long number = text.matches("\\d{1,10}") ? Long.parseLong(text) : -1;
        if (number < smallest || number > largest) {
            throw new UsageException(
                    "--" + option + " takes a number from " + smallest + " to " + largest + ", not \"" + text + "\"");
        }
        return (int) number;
    }
}
