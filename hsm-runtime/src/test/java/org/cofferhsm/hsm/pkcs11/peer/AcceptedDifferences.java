package org.cofferhsm.hsm.pkcs11.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The differences that are meant: rows of a table, {@code | step | SoftHSM | Coffer | why |}, the first three as patterns. */
record AcceptedDifferences(List<Row> rows) {

    private record Row(Pattern step, Pattern theirs, Pattern ours) {

        static Row parse(String line) {
            String[] cells = line.split("(?<!\\\\)\\|", -1);
            return new Row(pattern(cells[1]), pattern(cells[2]), pattern(cells[3]));
        }

        private static Pattern pattern(String cell) {
            return Pattern.compile(cell.strip().replaceAll("^`|`$", "").replace("\\|", "|"));
        }

        boolean holds(Step difference, Answer softHsm, Answer coffer) {
            return step.matcher(difference.text()).find()
                    && theirs.matcher(softHsm.toString()).matches()
                    && ours.matcher(coffer.toString()).matches();
        }
    }

    static AcceptedDifferences read(Path document) throws IOException {
        return new AcceptedDifferences(Files.readAllLines(document).stream()
                .filter(line -> line.startsWith("| `"))
                .map(Row::parse)
                .toList());
    }

    boolean holds(Step step, Answer theirs, Answer ours) {
        return rows.stream().anyMatch(row -> row.holds(step, theirs, ours));
    }
}
