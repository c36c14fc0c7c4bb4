package org.cofferhsm.hsm.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A dialogue with {@code coffer} as it is written in {@code src/test/resources/cli/*.txt}:
 *
 * <pre>
 * # a remark
 * % FILE CONTENT                     makes a file of one line
 * $ NAME=VALUE ... coffer ARGUMENTS  runs the command with these variables
 * &lt; SECRET                           is typed at the next prompt
 * ! TEXT                             is expected on standard error
 * = STATUS                           is the exit status expected, 0 when there is no such line
 * TEXT                               is expected on standard output
 * </pre>
 *
 * In what is expected {@code ...} on its own line stands for any lines, {@code <any>} for any text, and
 * {@code <key:NAME>} and {@code <text:NAME>} for a key reference and a text that later lines, also commands, may use again. Expected output that begins
 * with a brace is compared as JSON.
 */
public record Transcript(List<Step> steps) {

    /** One command with what comes of it, or files to be made. */
    public record Step(
            int line,
            String command,
            List<String> files,
            List<String> typed,
            List<String> out,
            List<String> err,
            int status) {}

    static Transcript parse(List<String> lines) {
        List<Step> steps = new ArrayList<>();
        int start = 0;
        for (int next = 1; next <= lines.size(); next++) {
            if (next == lines.size() || lines.get(next).matches("[#$%] .*")) {
                steps.add(step(start + 1, withoutLastEmptyLines(lines.subList(start, next))));
                start = next;
            }
        }
        return new Transcript(steps);
    }

    private static List<String> withoutLastEmptyLines(List<String> lines) {
        int end = lines.size();
        while (end > 0 && lines.get(end - 1).isEmpty()) {
            end--;
        }
        return lines.subList(0, end);
    }

    private static Step step(int line, List<String> block) {
        return new Step(
                line,
                String.join("", marked(block, "$ ")),
                marked(block, "% "),
                marked(block, "< "),
                block.stream().filter(text -> !text.matches("[#$%<!=] .*")).toList(),
                marked(block, "! "),
                marked(block, "= ").stream().mapToInt(Integer::parseInt).sum());
    }

    private static List<String> marked(List<String> block, String mark) {
        return block.stream()
                .filter(text -> text.startsWith(mark))
                .map(text -> text.substring(mark.length()))
                .toList();
    }
}
