package org.cofferhsm.hsm.cli;

/** Text that cannot steer a terminal: labels and names come from other users. */
final class Printable {

    private Printable() {}

    /** Control characters are replaced by a question mark. */
    static String of(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(point -> result.appendCodePoint(Character.isISOControl(point) ? '?' : point));
        return result.toString();
    }
}
