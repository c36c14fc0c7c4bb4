package org.cofferhsm.signtool.commandline.console;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;

/** Times as SignTool prints them, in the system's time zone: {@code Sun Jan 01 02:59:59 2040}. */
public final class SignToolTime {

    private static final int TEN = 10;
    private static final int LETTERS = 3;

    private SignToolTime() {}

    /** Put together here: a DateTimeFormatter would load the locales, which costs a short command 14 ms. */
    public static String of(Instant time) {
        ZonedDateTime at = time.atZone(ZoneId.systemDefault());
        return name(at.getDayOfWeek()) + " " + name(at.getMonth()) + " " + two(at.getDayOfMonth()) + " "
                + two(at.getHour()) + ":" + two(at.getMinute()) + ":" + two(at.getSecond()) + " " + at.getYear();
    }

    /** The first letters of MONDAY, JANUARY and their like are English's own abbreviations. */
    private static String name(Enum<?> dayOrMonth) {
        String name = dayOrMonth.name();
        return name.charAt(0) + name.substring(1, LETTERS).toLowerCase(Locale.ROOT);
    }

    private static String two(int number) {
        return number < TEN ? "0" + number : Integer.toString(number);
    }
}
