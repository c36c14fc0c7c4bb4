package org.cofferhsm.signtool.commandline.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferhsm.signtool.commandline.console.FileOutcome;
import org.cofferhsm.signtool.commandline.console.Line;
import org.cofferhsm.signtool.verify.SignatureVerification;

/**
 * What is to be said of one file.
 *
 * @param chosen the signatures that count
 */
record Findings(String file, List<SignatureVerification> chosen, Expectations expectations) {

    /** SignTool's table; it lists good signatures only. */
    List<Line> shortForm() {
        List<String> lines = new ArrayList<>(List.of("File: " + file, SignatureLines.HEADING, SignatureLines.RULE));
        chosen.stream().filter(SignatureVerification::passed).map(this::lines).forEach(one -> {
            lines.add(one.row());
            lines.addAll(one.description());
            lines.addAll(one.pageHashes());
        });
        if (result() != FileOutcome.Result.FAILED) {
            lines.add("");
        }
        return plain(lines);
    }

    List<Line> longForm() {
        List<String> lines = new ArrayList<>(List.of("", "Verifying: " + file, ""));
        chosen.stream().map(this::lines).map(SignatureLines::all).forEach(lines::addAll);
        return plain(lines);
    }

    private SignatureLines lines(SignatureVerification one) {
        return new SignatureLines(one, expectations);
    }

    private static List<Line> plain(List<String> lines) {
        return lines.stream().map(Line::plain).toList();
    }

    FileOutcome.Result result() {
        if (chosen.isEmpty()
                || chosen.stream()
                        .anyMatch(one -> !one.passed() || complaint(one).isPresent())) {
            return FileOutcome.Result.FAILED;
        }
        return warnings().findAny().isPresent() ? FileOutcome.Result.WARNED : FileOutcome.Result.DONE;
    }

    private Optional<String> complaint(SignatureVerification one) {
        return expectations.complaint(one);
    }

    private Stream<String> warnings() {
        return chosen.stream().flatMap(one -> expectations.warnings(one, file).stream());
    }

    /** The last lines: how it ended, and why. */
    List<Line> verdict() {
        if (chosen.isEmpty()) {
            return List.of(Line.error("No signature found."));
        }
        Stream<Line> bad = chosen.stream()
                .flatMap(one -> one.passed()
                        ? complaint(one).map(Line::error).stream()
                        : ProblemWords.of(one.problems()).stream());
        return switch (result()) {
            case FAILED -> bad.toList();
            case WARNED ->
                Stream.concat(warnings().map(Line::warning), Stream.of(Line.plain("Successfully verified: " + file)))
                        .toList();
            case DONE, SKIPPED -> List.of(Line.plain("Successfully verified: " + file));
        };
    }
}
