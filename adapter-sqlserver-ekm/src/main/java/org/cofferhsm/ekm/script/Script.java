package org.cofferhsm.ekm.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The T-SQL of a scenario. In its file, {@code <[key]>} stands for a name as identifier, {@code <[key:_login]>} for one with an
 * ending, {@code <'key'>} for a string (with an ending, too), {@code <!key!>} for a word of a shell, and {@code <+file.sql+>} for another file.
 */
public final class Script {

    private static final Pattern PART = Pattern.compile("<\\+(?<file>[a-z-]+\\.sql)\\+>\\R");
    private static final Pattern PLACE = Pattern.compile("<\\[(?<identifier>[a-z-]+)(:(?<suffix>\\w+))?]>"
            + "|<'(?<literal>[a-z-]+)(:(?<ending>\\w+))?'>|<!(?<word>[a-z-]+)!>");

    private Script() {}

    /** The script; secrets stand in it as variables of sqlcmd, which takes them from the environment. */
    public static String of(Scenario scenario, SiteNames names) {
        String text =
                PART.matcher(read(scenario.file())).replaceAll(part -> Matcher.quoteReplacement(read(part.group(1))));
        Matcher place = PLACE.matcher(text);
        return place.replaceAll(found -> Matcher.quoteReplacement(value(place, names)));
    }

    private static String value(Matcher place, SiteNames names) {
        if (place.group("identifier") != null) {
            return names.identifier(place.group("identifier"), ending(place, "suffix"));
        }
        return place.group("literal") != null
                ? names.literal(place.group("literal"), ending(place, "ending"))
                : names.word(place.group("word"));
    }

    private static String ending(Matcher place, String group) {
        return Optional.ofNullable(place.group(group)).orElse("");
    }

    private static String read(String file) {
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the installation is incomplete: " + file + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
