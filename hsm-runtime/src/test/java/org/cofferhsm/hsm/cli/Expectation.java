package org.cofferhsm.hsm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares output with what a transcript expects, and remembers the values that it names. */
final class Expectation {

    private static final Pattern PLACEHOLDER = Pattern.compile("<any>|<(key|text):\\w+>");
    private static final String ANY_LINES = "...";

    private final Map<String, String> values = new HashMap<>();

    /** The text with the values that are known by now. */
    String fill(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> {
            String value = found.group(1) == null ? null : values.get(found.group());
            return Matcher.quoteReplacement(value == null ? found.group() : value);
        });
    }

    void check(String where, List<String> expected, String actual) {
        if (!expected.isEmpty() && expected.get(0).startsWith("{")) {
            checkJson(where, JsonParser.parseString(String.join("\n", expected)), JsonParser.parseString(actual));
        } else {
            checkText(where, expected, actual);
        }
    }

    private void checkText(String where, List<String> expected, String actual) {
        List<String> names = new ArrayList<>();
        String regex = expected.stream()
                .map(line -> line.equals(ANY_LINES) ? "(?:.*\\R)*?" : regex(fill(line), names) + "\\R")
                .collect(Collectors.joining());
        Matcher matcher = Pattern.compile(regex).matcher(actual);
        assertThat(matcher.matches())
                .withFailMessage("%s%nexpected:%n%s%nbut was:%n%s", where, fill(String.join("\n", expected)), actual)
                .isTrue();
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), matcher.group(i + 1));
        }
    }

    private static String regex(String line, List<String> names) {
        StringBuilder regex = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(line);
        int end = 0;
        while (placeholder.find()) {
            regex.append(Pattern.quote(line.substring(end, placeholder.start())));
            if (placeholder.group(1) == null) {
                regex.append(".*?");
            } else {
                regex.append(placeholder.group(1).equals("key") ? "(0x[0-9a-f]{16})" : "(.+?)");
                names.add(placeholder.group());
            }
            end = placeholder.end();
        }
        return regex.append(Pattern.quote(line.substring(end))).toString();
    }

    /** An object with the field {@code "..."} may have more fields than are written down. */
    private void checkJson(String where, JsonElement expected, JsonElement actual) {
        if (expected.isJsonObject()) {
            checkObject(where, expected.getAsJsonObject(), actual.getAsJsonObject());
        } else if (expected.isJsonArray()) {
            checkArray(where, expected.getAsJsonArray(), actual.getAsJsonArray());
        } else if (expected.getAsJsonPrimitive().isString()) {
            checkText(where, List.of(expected.getAsString()), actual.getAsString() + "\n");
        } else {
            assertThat(actual).as(where).isEqualTo(expected);
        }
    }

    private void checkObject(String where, JsonObject expected, JsonObject actual) {
        boolean open = expected.has(ANY_LINES);
        expected.remove(ANY_LINES);
        if (open) {
            assertThat(actual.keySet()).as(where).containsAll(expected.keySet());
        } else {
            assertThat(actual.keySet()).as(where).isEqualTo(expected.keySet());
        }
        expected.entrySet()
                .forEach(
                        field -> checkJson(where + "." + field.getKey(), field.getValue(), actual.get(field.getKey())));
    }

    private void checkArray(String where, JsonArray expected, JsonArray actual) {
        assertThat(actual.size()).as(where + ": " + actual).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            checkJson(where + "[" + i + "]", expected.get(i), actual.get(i));
        }
    }
}
