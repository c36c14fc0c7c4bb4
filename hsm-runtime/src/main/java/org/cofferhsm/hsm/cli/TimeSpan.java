package org.cofferhsm.hsm.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferhsm.hsm.command.UsageException;

/** A time as people type it: {@code 90m}, {@code 12h}, {@code 7d}. */
final class TimeSpan {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,5})([mhd])");

    private TimeSpan() {}

    static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new UsageException("\"" + text + "\" is no time; write 90m, 12h or 7d");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
