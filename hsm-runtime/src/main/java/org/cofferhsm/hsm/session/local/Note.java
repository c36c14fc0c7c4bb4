package org.cofferhsm.hsm.session.local;

import java.util.Optional;
import org.cofferhsm.hsm.audit.AuditEvent;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.policy.Caller;
import org.cofferhsm.hsm.session.Session;

/** What a user tells the audit log of its own work. */
record Note(String subject, String text) {

    private static final String MARK = "note:";

    Note {
        if (!subject.matches("[a-z0-9-]{1,32}")) {
            throw HsmException.argumentInvalid(
                    "the subject of a note is 1 to 32 lower-case letters, digits and dashes");
        }
        if (text.isEmpty() || text.length() > Session.LONGEST_NOTE) {
            throw HsmException.argumentInvalid(
                    "a note has 1 to " + Session.LONGEST_NOTE + " characters, not " + text.length());
        }
        if (text.codePoints().anyMatch(Note::isUnreadable)) {
            throw HsmException.argumentInvalid("a note holds no control characters and no halves of characters");
        }
    }

    /** What could make a reader of the log see something else than what is there. */
    private static boolean isUnreadable(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** A note's own mark is in its operation and in its result: neither can be had by any other call. */
    AuditEvent by(Caller caller) {
        return new AuditEvent(caller.name(), MARK + subject, 0, Session.NOTED, text, Octets.EMPTY, Optional.empty());
    }
}
