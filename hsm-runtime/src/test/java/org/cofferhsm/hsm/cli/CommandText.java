package org.cofferhsm.hsm.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command as one types it in a shell: variables, the word {@code coffer}, arguments, single quotes around spaces. */
record CommandText(Map<String, String> variables, List<String> arguments) {

    private static final Pattern WORD = Pattern.compile("((?:[^\\s']++|'[^']*')+)\\s*");

    static CommandText parse(String text) {
        Map<String, String> variables = new HashMap<>();
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            words.add(word.group(1).replace("'", ""));
        }
        int program = words.indexOf("coffer");
        for (String assignment : words.subList(0, program)) {
            String[] parts = assignment.split("=", 2);
            variables.put(parts[0], parts[1]);
        }
        return new CommandText(variables, words.subList(program + 1, words.size()));
    }
}
