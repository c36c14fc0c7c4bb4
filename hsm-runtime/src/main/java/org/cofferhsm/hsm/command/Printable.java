package org.cofferhsm.hsm.command;

/** Text that cannot steer a terminal: labels and names come from other users. */
public final class Printable {

    private Printable() {}

    /** Control characters, and those that turn the direction of what follows, are replaced by a question mark. */
    public static String of(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(point -> result.appendCodePoint(steers(point) ? '?' : point));
        return result.toString();
    }

    /** By Unicode's bidirectional algorithm (UAX 9) a turned label may show a row of a table as another one. */
    private static boolean steers(int point) {
        return Character.isISOControl(point)
                || switch (Character.getDirectionality(point)) {
                    case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
                            Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
                            Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
                            Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
                            Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
                            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
                            Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE -> true;
                    default -> false;
                };
    }
}
