package org.cofferhsm.hsm.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Rows under headings, in columns as wide as their longest cell. On a terminal that is too narrow the widest columns
 * are wrapped; nothing is cut off.
 */
public record Table(List<String> headings, List<List<String>> rows, String indent) {

    private static final String GAP = "  ";
    private static final int NARROWEST = 10;

    public static Table of(List<String> headings, List<List<String>> rows) {
        return new Table(headings, rows, "");
    }

    /** Rows without headings, set in by two spaces. */
    public static Table indented(List<List<String>> rows) {
        return new Table(List.of(), rows, GAP);
    }

    public List<String> lines(OptionalInt terminalWidth) {
        List<List<String>> all = Stream.concat(Stream.of(headings), rows.stream())
                .filter(row -> !row.isEmpty())
                .map(row -> row.stream().map(Printable::of).toList())
                .toList();
        int[] widths = widths(all);
        terminalWidth.ifPresent(columns -> narrow(widths, columns - indent.length()));
        return all.stream().flatMap(row -> layOut(row, widths).stream()).toList();
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[rows.isEmpty() ? 0 : rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private static void narrow(int[] widths, int columns) {
        int room = columns - GAP.length() * (widths.length - 1);
        while (Arrays.stream(widths).sum() > room) {
            int widest = widest(widths);
            if (widths[widest] <= NARROWEST) {
                return;
            }
            widths[widest]--;
        }
    }

    private static int widest(int[] widths) {
        int widest = 0;
        for (int i = 1; i < widths.length; i++) {
            widest = widths[i] > widths[widest] ? i : widest;
        }
        return widest;
    }

    private List<String> layOut(List<String> row, int[] widths) {
        List<List<String>> cells = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            cells.add(Wrapping.of(row.get(i), widths[i]));
        }
        int height = cells.stream().mapToInt(List::size).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < height; line++) {
            lines.add(layOut(cells, widths, line));
        }
        return lines;
    }

    private String layOut(List<List<String>> cells, int[] widths, int line) {
        StringBuilder text = new StringBuilder(indent);
        for (int i = 0; i < widths.length; i++) {
            String part = line < cells.get(i).size() ? cells.get(i).get(line) : "";
            text.append(part).append(" ".repeat(widths[i] - part.length())).append(GAP);
        }
        return text.toString().stripTrailing();
    }
}
