package org.cofferhsm.tde.script;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.cofferhsm.hsm.error.HsmException;

/** Names from outside on their way into SQL: quoted where SQL can quote them, refused where it cannot. */
final class SqlText {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_$#]{0,127}");
    private static final Pattern CRYPTO_USER = Pattern.compile("[\\p{L}\\p{N} _.@-]{1,64}");
    private static final Pattern PLAIN_PATH = Pattern.compile("/[A-Za-z0-9_./$@+-]*");
    private static final int LONGEST_TAG = 256;

    private SqlText() {}

    /** An identifier that needs no quotes (SQL Language Reference, Database Object Names). */
    static String identifier(String name) {
        return required(
                name, IDENTIFIER, "a pluggable database's name is a letter and up to 127 letters, digits, _, $ and #");
    }

    /** What stands before the colon in {@code "user:password"}. */
    static String cryptoUser(String name) {
        return required(
                name,
                CRYPTO_USER,
                "between the double quotes of IDENTIFIED BY a crypto user's name has letters, digits, blanks and _ . @ -");
    }

    static String path(Path path) {
        return required(
                path.toString(),
                PLAIN_PATH,
                "a path in a script is absolute and has no quotes, blanks or other signs that SQL or SQL*Plus reads");
    }

    /** The inside of a string in single quotes. */
    static String string(String text) {
        if (text.length() > LONGEST_TAG || text.matches("(?s).*[\\p{Cntrl}\\u0085\\u2028\\u2029].*")) {
            throw HsmException.argumentInvalid(
                    "a tag has at most " + LONGEST_TAG + " characters, and no line breaks or other control characters");
        }
        return text.replace("'", "''");
    }

    private static String required(String text, Pattern pattern, String rule) {
        if (!pattern.matcher(text).matches()) {
            throw HsmException.argumentInvalid(rule + "; this is refused: " + text.replaceAll("\\p{Cntrl}", "?"));
        }
        return text;
    }
}
