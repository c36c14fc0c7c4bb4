package org.cofferhsm.hsm.pkcs11.terms;

import java.util.Optional;
import java.util.Set;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectClass;

/**
 * An attribute that the module has and Cryptoki knows.
 *
 * @param classes the classes of object that have it
 * @param absent what Cryptoki reads where the module has no value; empty when there is nothing to read then
 */
record Field<T>(Attribute<T> attribute, Form<T> form, Set<ObjectClass> classes, Optional<byte[]> absent) {

    /** {@code template} with what {@code value} says. */
    Attributes read(byte[] value, Attributes template) {
        return template.with(attribute, form.read(value));
    }

    /** The value for Cryptoki, when there is one. */
    Optional<byte[]> write(Attributes object) {
        return object.find(attribute).map(form::write).or(() -> absent);
    }

    boolean isOf(ObjectClass objectClass) {
        return classes.contains(objectClass);
    }
}
