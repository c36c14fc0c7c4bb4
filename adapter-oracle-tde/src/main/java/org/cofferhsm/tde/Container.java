package org.cofferhsm.tde;

import java.util.Locale;
import java.util.regex.Pattern;
import org.cofferhsm.hsm.error.HsmException;

/**
 * Whose master keys: the root of a container database (or a database without containers), or one of its pluggable
 * databases. Each has a current master key of its own.
 *
 * @param name as the database names it, in capital letters
 * @param mode whether it keeps its keys with the root's or under a crypto user of its own
 */
public record Container(String name, Mode mode) {

    /** {@code KEYSTORE_MODE} of {@code V$ENCRYPTION_WALLET}. */
    public enum Mode {
        /** The root, which is asked neither. */
        NONE,
        /** A pluggable database whose keys are in the root's keystore. */
        UNITED,
        /** A pluggable database that has a keystore, here a crypto user, of its own. */
        ISOLATED
    }

    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_$#]{0,63}");

    /** The root, and also what a database without containers uses. */
    public static final Container ROOT = new Container("CDB$ROOT", Mode.NONE);

    public Container {
        if (!NAME.matcher(name).matches()) {
            throw HsmException.argumentInvalid(
                    "a container's name is a letter and up to 63 letters, digits, _, $ and #," + " unlike \"" + name
                            + "\"");
        }
        if ((mode == Mode.NONE) != name.equals("CDB$ROOT")) {
            throw HsmException.argumentInvalid("CDB$ROOT is the root and no pluggable database");
        }
    }

    /** A pluggable database in united mode; the root by its own name. */
    public static Container united(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals(ROOT.name) ? ROOT : new Container(upper, Mode.UNITED);
    }

    /** A pluggable database in isolated mode. */
    public static Container isolated(String name) {
        return new Container(name.toUpperCase(Locale.ROOT), Mode.ISOLATED);
    }

    /** Whether both are the same database, in whatever mode. */
    boolean isSameAs(Container other) {
        return name.equals(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
