package org.cofferhsm.hsm.policy;

import static org.cofferhsm.hsm.policy.UseRules.named;

import java.util.List;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Usage;

/** What may be derived from a key. */
public final class DeriveRules {

    /** Shorter secrets could be found from their check value (24 bits), byte by byte. */
    public static final int MIN_BYTES = 16;

    private static final int MAX_BYTES = 800;

    private DeriveRules() {}

    /**
     * Complains when the key wanted would tell more than its base. Whoever may use a secret base can derive the same key
     * again, so it is hidden as well as the base is; a shared secret of a key agreement is its parties' own affair.
     */
    public static void require(ObjectInfo base, Attributes wanted) {
        requireLength(wanted);
        if (base.attributes().get(Attribute.CLASS) == ObjectClass.SECRET_KEY) {
            requireAsHidden(base, wanted);
            requireNothingElse(base);
        }
    }

    private static void requireLength(Attributes wanted) {
        long bytes = wanted.find(Attribute.VALUE_LENGTH).orElse((long) MIN_BYTES);
        if (bytes < MIN_BYTES || bytes > MAX_BYTES) {
            throw HsmException.keySizeRange(
                    "a derived secret has " + MIN_BYTES + " to " + MAX_BYTES + " bytes, not " + bytes);
        }
    }

    private static void requireAsHidden(ObjectInfo base, Attributes wanted) {
        boolean tells = base.attributes().is(Attribute.SENSITIVE) && !wanted.is(Attribute.SENSITIVE);
        boolean leaves = !base.attributes().is(Attribute.EXTRACTABLE) && wanted.is(Attribute.EXTRACTABLE);
        if (tells || leaves) {
            throw HsmException.templateInconsistent("a key derived from " + named(base)
                    + " is as sensitive and as unextractable as that key; change the template");
        }
    }

    private static void requireNothingElse(ObjectInfo base) {
        for (Usage usage : List.of(Usage.SIGN, Usage.ENCRYPT, Usage.DECRYPT)) {
            if (PastUsages.of(base.attributes()).contains(usage)) {
                throw HsmException.keyFunctionNotPermitted("the key " + named(base) + " can, or once could, "
                        + usage.attribute() + " data, by which what is derived from it could be computed;"
                        + " derive from a key that was made for that only");
            }
        }
    }
}
