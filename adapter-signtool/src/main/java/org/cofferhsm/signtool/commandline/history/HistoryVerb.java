package org.cofferhsm.signtool.commandline.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.AuditEntry;
import org.cofferhsm.hsm.session.AuditTrail;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.signtool.commandline.ParsedCommand;
import org.cofferhsm.signtool.commandline.console.Console;
import org.cofferhsm.signtool.commandline.console.ExitStatus;
import org.cofferhsm.signtool.commandline.console.Failure;
import org.cofferhsm.signtool.commandline.console.FileNames;
import org.cofferhsm.signtool.commandline.console.FileOutcome;
import org.cofferhsm.signtool.commandline.console.Json;
import org.cofferhsm.signtool.commandline.console.Line;
import org.cofferhsm.signtool.commandline.console.Surroundings;

/**
 * {@code history}: who signed a file, when, with which key, as the module's audit log knows it. For admins and auditors.
 */
public record HistoryVerb(ParsedCommand command, Surroundings surroundings, Console console) {

    private static final int PAGE = 1000;

    /** Runs; gives the exit status: 1 when the log knows nothing of one of the files. */
    public int run() {
        List<Path> files = surroundings.lines().files(command);
        FileNames names = new FileNames(surroundings.lines(), command.files());
        List<Marked> marked = new ArrayList<>();
        for (Path file : files) {
            try {
                marked.add(new Marked(names.of(file), FileMarks.of(file)));
            } catch (IOException | HsmException e) {
                return unreadable(Failure.attempting("read", names.of(file)).of(e));
            }
        }
        List<AuditEntry> entries = surroundings.inSession(command, HistoryVerb::notes);
        return answer(marked.stream()
                .map(one -> new FileHistory(one.name(), one.marks(), entries))
                .toList());
    }

    private int unreadable(FileOutcome failure) {
        console.print(failure.lines());
        if (console.isJson()) {
            console.answer(Json.of(
                    new TreeMap<>(Map.of("exit_status", ExitStatus.FAILED, "files", List.of(failure.facts())))));
        }
        return ExitStatus.FAILED;
    }

    private record Marked(String name, FileMarks marks) {}

    private static List<AuditEntry> notes(Session session) {
        AuditTrail trail = session.auditTrail();
        List<AuditEntry> found = new ArrayList<>();
        long next = 1;
        List<AuditEntry> page;
        do {
            page = trail.read(next, PAGE);
            page.stream().filter(entry -> SigningNote.of(entry).isPresent()).forEach(found::add);
            next = page.isEmpty() ? next : page.get(page.size() - 1).sequence() + 1;
        } while (!page.isEmpty());
        return found;
    }

    private int answer(List<FileHistory> histories) {
        boolean complete = histories.stream().noneMatch(FileHistory::isEmpty);
        if (console.isJson()) {
            console.answer(Json.of(new TreeMap<>(Map.of(
                    "exit_status",
                    complete ? ExitStatus.DONE : ExitStatus.FAILED,
                    "files",
                    histories.stream().map(FileHistory::facts).toList()))));
        } else {
            histories.forEach(history -> console.print(history.lines()));
        }
        if (!complete) {
            histories.stream()
                    .filter(FileHistory::isEmpty)
                    .forEach(one ->
                            console.print(Line.error("The audit log knows nothing of this file: " + one.file())));
        }
        return complete ? ExitStatus.DONE : ExitStatus.FAILED;
    }
}
