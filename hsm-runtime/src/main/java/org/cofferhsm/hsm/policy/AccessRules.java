package org.cofferhsm.hsm.policy;

import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.user.Role;

/** Whose object it is: owners manage, sharers use, everybody sees what is not private, admins see all. */
public final class AccessRules {

    private AccessRules() {}

    /** Whether the caller may know of the object. */
    public static boolean sees(Caller caller, Attributes object) {
        return caller.role() == Role.ADMIN
                || caller.role() == Role.CRYPTO_USER && (!object.is(Attribute.PRIVATE) || holds(caller, object));
    }

    /** Complains when the caller neither owns the object nor shares it; public objects are for all. */
    public static void requireUse(Caller caller, ObjectInfo object) {
        Right.USE_KEYS.require(caller);
        if (!sees(caller, object.attributes())) {
            throw unknown(object);
        }
    }

    /** Complains when the caller does not own the object. */
    public static void requireOwner(Caller caller, ObjectInfo object) {
        requireUse(caller, object);
        if (!owns(caller, object.attributes())) {
            throw HsmException.keyNotOwned("the object " + object.id() + " is owned by "
                    + object.attributes().find(Attribute.OWNER).orElse("nobody")
                    + "; only the owner may do this");
        }
    }

    private static boolean holds(Caller caller, Attributes object) {
        return owns(caller, object)
                || object.find(Attribute.SHARED_USERS).orElse(Set.of()).contains(caller.name());
    }

    private static boolean owns(Caller caller, Attributes object) {
        return object.find(Attribute.OWNER).filter(caller.name()::equals).isPresent();
    }

    /** The same words as for a handle that never existed, so that handles of others cannot be probed. */
    private static HsmException unknown(ObjectInfo object) {
        return HsmException.keyNotFound("no object of this user has the key reference " + object.id());
    }
}
