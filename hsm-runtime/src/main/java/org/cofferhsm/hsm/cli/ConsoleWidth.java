package org.cofferhsm.hsm.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How many columns the terminal has, if there is one. */
final class ConsoleWidth {

    private static final int USUAL = 80;
    private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\d+ (\\d+)");

    private ConsoleWidth() {}

    /** Empty when there is no terminal: then nobody looks, and lines are as long as they are. */
    static OptionalInt of(@Nullable Console console, Map<String, String> environment) {
        return console == null || !isTerminal(console) ? OptionalInt.empty() : OptionalInt.of(columns(environment));
    }

    private static int columns(Map<String, String> environment) {
        String declared = environment.getOrDefault("COLUMNS", "");
        int columns = declared.matches("\\d{1,4}") ? Integer.parseInt(declared) : askStty();
        return columns == 0 ? USUAL : columns;
    }

    /** 0 where there is no stty (Windows) or it does not know. */
    private static int askStty() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Matcher answer = ROWS_AND_COLUMNS.matcher(
                    new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
            return answer.find() ? Integer.parseInt(answer.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** From Java 22 on there may be a console without a terminal, and a method that says so. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
