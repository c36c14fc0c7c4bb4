package org.cofferhsm.hsm.policy;

import static org.cofferhsm.hsm.policy.UseRules.named;

import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectInfo;

/**
 * Whether an object may be destroyed. Token objects whose label begins with {@value #ORACLE} are Oracle TDE's master keys
 * and what it keeps beside them: old backups need them for years, and Oracle itself never destroys one. As much is true
 * of wallets in escrow, {@value #ESCROW}, and of the key that opens them. They start as not destroyable, so that getting
 * rid of one takes two steps: its owner says that it may be destroyed, then destroys it. Another label later does not take
 * the guard away, since the guard is the attribute.
 */
public final class DestroyRules {

    static final String ORACLE = "ORACLE.";
    static final String ESCROW = "COFFER.TDE.ESCROW.";

    private DestroyRules() {}

    /** Complains when the caller may not destroy the object. */
    public static void require(Caller caller, ObjectInfo object) {
        AccessRules.requireOwner(caller, object);
        if (!object.attributes().is(Attribute.DESTROYABLE)) {
            throw HsmException.keyNotDestroyable("the object " + named(object)
                    + " may not be destroyed (destroyable is false)" + advice(object.attributes()));
        }
    }

    private static String advice(Attributes object) {
        return isGuarded(object)
                ? ": backups of an Oracle database need its master keys and wallets for years; when none does any more,"
                        + " set its attribute destroyable to true first"
                : "; its owner can set that attribute to true";
    }

    /** A new object with the guard that its label asks for, whatever its template says. */
    static Attributes guarded(Attributes object) {
        return isGuarded(object) ? object.with(Attribute.DESTROYABLE, false) : object;
    }

    /** A changed object, with the guard when it has only now got such a label or become a token object. */
    static Attributes guarded(Attributes before, Attributes after) {
        return isGuarded(before) ? after : guarded(after);
    }

    private static boolean isGuarded(Attributes object) {
        String label = object.find(Attribute.LABEL).orElse("");
        return object.is(Attribute.TOKEN) && (label.startsWith(ORACLE) || label.startsWith(ESCROW));
    }
}
