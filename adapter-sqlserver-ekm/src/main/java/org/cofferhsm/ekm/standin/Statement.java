package org.cofferhsm.ekm.standin;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A kind of statement: what it looks like, and what is done for it. */
record Statement(Pattern shape, BiFunction<SqlConnection, Matcher, Rows> work) {

    /** In the shape, a blank stands for any space, and <name> for a group of that name that is a word or bracketed. */
    static Statement of(String shape, BiFunction<SqlConnection, Matcher, Rows> work) {
        String pattern = shape.replace(" ", "\\s+").replaceAll("(?<!\\?)<(\\w+)>", "\\\\[?(?<$1>\\\\w+)\\\\]?");
        return new Statement(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), work);
    }

    Optional<Rows> tryOn(SqlConnection connection, String sql) {
        Matcher found = shape.matcher(sql);
        return found.matches() ? Optional.of(work.apply(connection, found)) : Optional.empty();
    }
}
