package org.cofferhsm.signtool.commandline.console;

/**
 * One line that SignTool may print.
 *
 * @param kind whether it is printed, and where
 * @param text without its end; may have inner line ends
 */
public record Line(Kind kind, String text) {

    /** When a line is printed. */
    public enum Kind {
        /** Unless {@code /q}. */
        PLAIN,
        /** With {@code /v} or {@code /debug} only. */
        VERBOSE,
        /** With {@code /debug} only. */
        DEBUG,
        /** Always, on standard error. */
        WARNING,
        /** Always, on standard error. */
        ERROR
    }

    public static Line plain(String text) {
        return new Line(Kind.PLAIN, text);
    }

    public static Line verbose(String text) {
        return new Line(Kind.VERBOSE, text);
    }

    public static Line debug(String text) {
        return new Line(Kind.DEBUG, text);
    }

    /** In SignTool's form. */
    public static Line warning(String text) {
        return new Line(Kind.WARNING, "SignTool Warning: " + text);
    }

    /** In SignTool's form. */
    public static Line error(String text) {
        return new Line(Kind.ERROR, "SignTool Error: " + text);
    }
}
