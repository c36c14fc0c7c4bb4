package org.cofferhsm.signtool.commandline.history;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferhsm.hsm.session.AuditEntry;
import org.cofferhsm.hsm.session.Session;

/**
 * What the audit log is told of each signature and each refusal: words of the form {@code name=value}, then the file's
 * name, which is last because it may hold anything.
 *
 * @param outcome {@code signed}, or {@code refused:} and why
 * @param digest the file's digest as the signature names it, with its hash function: {@code sha256:…}
 * @param content SHA-256 of the file before, or {@code -}
 * @param value SHA-256 of the signature's value, or {@code -} where there is none
 * @param key the key: its handle and its label
 * @param certificate SHA-1 of the certificate
 * @param file the file's name
 */
public record SigningNote(
        String outcome, String digest, String content, String value, String key, String certificate, String file) {

    /** The subject under which the notes are. */
    public static final String SUBJECT = "signtool";

    /** What a value is that is not known. */
    public static final String UNKNOWN = "-";

    private static final Pattern FORM = Pattern.compile(
            "(\\S+) digest=(\\S+) sha256=(\\S+) signature=(\\S+) certificate=(\\S+) key=(\\S+) file=(.*)");
    private static final int LONGEST_NAME = 300;

    /** Tells the log. */
    public void write(Session session) {
        session.note(SUBJECT, text());
    }

    String text() {
        return word(outcome) + " digest=" + digest + " sha256=" + content + " signature=" + value + " certificate="
                + certificate + " key=" + word(key) + " file=" + readable(file);
    }

    /** One word, whatever a label holds. */
    private static String word(String text) {
        return readable(text).replaceAll("\\s", "_");
    }

    /** As the log takes it: no control characters, and not too long. */
    private static String readable(String text) {
        String clean = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
        return clean.length() <= LONGEST_NAME ? clean : clean.substring(clean.length() - LONGEST_NAME);
    }

    /** Reads a record of the log, if it is such a note. */
    static Optional<SigningNote> of(AuditEntry entry) {
        Matcher matcher = FORM.matcher(entry.detail());
        return entry.operation().equals("note:" + SUBJECT) && entry.result().equals(Session.NOTED) && matcher.matches()
                ? Optional.of(new SigningNote(
                        matcher.group(1),
                        matcher.group(2),
                        matcher.group(3),
                        matcher.group(4),
                        matcher.group(6),
                        matcher.group(5),
                        matcher.group(7)))
                : Optional.empty();
    }
}
