package org.cofferhsm.signtool.commandline.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cofferhsm.hsm.session.AuditEntry;
import org.cofferhsm.signtool.commandline.console.Line;

/** What the audit log says of one file. */
record FileHistory(String file, FileMarks marks, List<AuditEntry> entries) {

    FileHistory {
        entries = entries.stream()
                .filter(entry -> SigningNote.of(entry).filter(marks::areOf).isPresent())
                .toList();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.plain("File: " + file));
        for (AuditEntry entry : entries) {
            SigningNote note = SigningNote.of(entry).orElseThrow();
            lines.add(Line.plain(entry.time() + "  " + note.outcome() + " by " + entry.user() + ", key " + note.key()
                    + ", as " + note.file() + (marks.hold(note) ? "" : ", not in the file now") + " (record "
                    + entry.sequence() + ")"));
            lines.add(Line.verbose("    digest " + note.digest()));
            lines.add(Line.verbose("    certificate " + note.certificate()));
        }
        return lines;
    }

    Map<String, Object> facts() {
        return Map.of("file", file, "records", entries.stream().map(this::facts).toList());
    }

    private Map<String, Object> facts(AuditEntry entry) {
        SigningNote note = SigningNote.of(entry).orElseThrow();
        Map<String, Object> facts = new TreeMap<>();
        facts.put("sequence", entry.sequence());
        facts.put("time", entry.time().toString());
        facts.put("user", entry.user());
        facts.put("outcome", note.outcome());
        facts.put("key", note.key());
        facts.put("certificate", note.certificate());
        facts.put("digest", note.digest());
        facts.put("name", note.file());
        facts.put("in_file", marks.hold(note));
        return facts;
    }
}
