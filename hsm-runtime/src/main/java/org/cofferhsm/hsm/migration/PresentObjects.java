package org.cofferhsm.hsm.migration;

import java.util.Arrays;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.session.Session;

/** What an earlier import has brought: the same command twice makes nothing twice. */
record PresentObjects(Session session) {

    boolean has(ForeignObject object, ObjectClass objectClass) {
        Attributes filter = Attributes.of(Attribute.CLASS, objectClass).with(Attribute.LABEL, object.label());
        Attributes named = objectClass == ObjectClass.DATA ? filter : filter.with(Attribute.ID, object.id());
        return session.find(named).list().stream().anyMatch(here -> isSame(object, here, objectClass));
    }

    private boolean isSame(ForeignObject there, ObjectInfo here, ObjectClass objectClass) {
        return objectClass.isSecret() ? isSameSecret(there, here) : isSameValue(there, here, objectClass);
    }

    /** Of a private key's check value tokens have no common notion; its label, id and type have to do. */
    private static boolean isSameSecret(ForeignObject there, ObjectInfo here) {
        boolean sameType = there.keyType().equals(here.attributes().find(Attribute.KEY_TYPE));
        return sameType
                && (here.attributes().get(Attribute.CLASS) == ObjectClass.PRIVATE_KEY
                        || there.octets(Attribute.CHECK_VALUE.code())
                                .map(value -> value.equals(here.attributes().get(Attribute.CHECK_VALUE)))
                                .orElse(true));
    }

    private boolean isSameValue(ForeignObject there, ObjectInfo here, ObjectClass objectClass) {
        return TokenImport.valueOf(there, objectClass)
                .filter(value -> Arrays.equals(value, session.value(here.id())))
                .isPresent();
    }
}
