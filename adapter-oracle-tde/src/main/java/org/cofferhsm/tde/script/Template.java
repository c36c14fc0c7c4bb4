package org.cofferhsm.tde.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script with holes: <code>{{name}}</code> is filled in; lines that begin with <code>--%</code> are {@code if
 * CONDITION}, {@code unless CONDITION}, {@code else}, {@code each pdb}, {@code end} and {@code include NAME}. What has no
 * value is a defect of the template.
 *
 * @param conditions those that hold
 */
record Template(Map<String, String> values, Set<String> conditions, List<Map<String, String>> pdbs) {

    private static final Pattern HOLE = Pattern.compile("\\{\\{([a-z-]+)}}");
    private static final String SIGN = "--% ";
    private static final String EACH = "each pdb";
    private static final String END = "end";

    /** The text of a resource, filled in. */
    String render(String name) {
        StringBuilder out = new StringBuilder();
        render(lines(name).iterator(), out);
        return out.toString();
    }

    private void render(Iterator<String> lines, StringBuilder out) {
        Deque<Boolean> shown = new ArrayDeque<>();
        while (lines.hasNext()) {
            String line = lines.next();
            if (!line.startsWith(SIGN)) {
                if (!shown.contains(false)) {
                    out.append(filled(line)).append('\n');
                }
            } else if (line.startsWith(EACH, SIGN.length())) {
                StringBuilder body = new StringBuilder();
                each(bodyOf(lines), body);
                out.append(shown.contains(false) ? "" : body);
            } else {
                obey(line.substring(SIGN.length()), shown, out);
            }
        }
    }

    private void obey(String order, Deque<Boolean> shown, StringBuilder out) {
        String[] words = order.split(" ", 2);
        switch (words[0]) {
            case "if" -> shown.push(conditions.contains(words[1]));
            case "unless" -> shown.push(!conditions.contains(words[1]));
            case "else" -> shown.push(!shown.pop());
            case END -> shown.pop();
            case "include" -> out.append(shown.contains(false) ? "" : render(words[1]));
            default -> throw new IllegalStateException("a template says \"" + order + "\"");
        }
    }

    /** Up to the end of a loop, in which there are no further orders. */
    private static List<String> bodyOf(Iterator<String> lines) {
        List<String> body = new java.util.ArrayList<>();
        String line = lines.next();
        while (!line.equals(SIGN + END)) {
            body.add(line);
            line = lines.next();
        }
        return body;
    }

    private void each(List<String> body, StringBuilder out) {
        for (Map<String, String> pdb : pdbs) {
            Map<String, String> all = new HashMap<>(values);
            all.putAll(pdb);
            Template inner = new Template(all, conditions, List.of());
            body.forEach(line -> out.append(inner.filled(line)).append('\n'));
        }
    }

    private String filled(String line) {
        return HOLE.matcher(line).replaceAll(hole -> Matcher.quoteReplacement(value(hole.group(1))));
    }

    private String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("a template wants " + name);
        }
        return value;
    }

    private static List<String> lines(String name) {
        try (InputStream in = Template.class.getResourceAsStream(name + ".sql")) {
            if (in == null) {
                throw new IllegalStateException("there is no template " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
