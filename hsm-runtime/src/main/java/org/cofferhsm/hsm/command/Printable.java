package org.cofferhsm.hsm.command;

/** Text that cannot steer a terminal: labels and names come from other users. */
public final class Printable {

    private Printable() {}

    /** Control characters are replaced by a question mark. */
    public static String of(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(point -> result.appendCodePoint(Character.isISOControl(point) ? '?' : point));
        return result.toString();
    }
}
