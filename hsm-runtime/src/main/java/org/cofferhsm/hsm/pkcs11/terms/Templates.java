package org.cofferhsm.hsm.pkcs11.terms;

import java.util.Optional;
import java.util.Set;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.pkcs11.wire.Cka;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Template;

/** What the template of a new or changed object says, in the module's attributes. */
public final class Templates {

    /** Attributes for which an empty value says that there is none. */
    private static final Set<Attribute<?>> MAY_BE_EMPTY = Set.of(
            Attribute.START_DATE,
            Attribute.END_DATE,
            Attribute.SUBJECT,
            Attribute.ISSUER,
            Attribute.SERIAL_NUMBER,
            Attribute.CHECK_VALUE,
            Attribute.ALLOWED_MECHANISMS,
            Attribute.UNWRAP_TEMPLATE);

    /** Attributes that the module has only in their emptiness. */
    private static final Set<Integer> ALWAYS_EMPTY = Set.of(
            Cka.WRAP_TEMPLATE,
            Cka.DERIVE_TEMPLATE,
            Cka.URL,
            Cka.HASH_OF_SUBJECT_PUBLIC_KEY,
            Cka.HASH_OF_ISSUER_PUBLIC_KEY);

    private Templates() {}

    /**
     * All attributes of the template, for an object of that class.
     *
     * @param elsewhere the CKA_* numbers that say what the object is, which the caller reads itself
     */
    public static Attributes read(ObjectClass objectClass, Template template, Set<Integer> elsewhere) {
        Attributes attributes = Attributes.NONE;
        for (var entry : template.values().entrySet()) {
            if (!elsewhere.contains(entry.getKey())) {
                attributes = read(objectClass, entry.getKey(), entry.getValue(), attributes);
            }
        }
        return withRecovery(template, attributes);
    }

    private static Attributes read(ObjectClass objectClass, int number, byte[] value, Attributes so) {
        if (ALWAYS_EMPTY.contains(number) && value.length == 0) {
            return so;
        }
        if (number == Cka.ALWAYS_AUTHENTICATE && objectClass == ObjectClass.PRIVATE_KEY) {
            return refuseAuthentication(value, so);
        }
        if (isRecovery(objectClass, number)) {
            return so;
        }
        Field<?> field = Fields.find(number)
                .filter(one -> one.isOf(objectClass))
                .orElseThrow(() -> Ckr.ATTRIBUTE_TYPE_INVALID.because(
                        "the attribute 0x%x is none of a %s".formatted(number, objectClass)));
        return value.length == 0 && MAY_BE_EMPTY.contains(field.attribute()) ? so : field.read(value, so);
    }

    private static Attributes refuseAuthentication(byte[] value, Attributes so) {
        if (Form.BOOLEAN.read(value)) {
            throw Ckr.ATTRIBUTE_VALUE_INVALID.because("no key of the module asks for a login before each use");
        }
        return so;
    }

    private static boolean isRecovery(ObjectClass objectClass, int number) {
        return number == Cka.SIGN_RECOVER && objectClass == ObjectClass.PRIVATE_KEY
                || number == Cka.VERIFY_RECOVER && objectClass == ObjectClass.PUBLIC_KEY;
    }

    /** To the module, a signature that gives its data back is a signature. */
    private static Attributes withRecovery(Template template, Attributes attributes) {
        Attributes signing = template.find(Cka.SIGN_RECOVER).isPresent()
                ? recovery(template.find(Cka.SIGN_RECOVER), Attribute.SIGN, attributes)
                : attributes;
        return template.find(Cka.VERIFY_RECOVER).isPresent()
                ? recovery(template.find(Cka.VERIFY_RECOVER), Attribute.VERIFY, signing)
                : signing;
    }

    private static Attributes recovery(Optional<byte[]> value, Attribute<Boolean> usage, Attributes so) {
        if (!value.map(Form.BOOLEAN::read).orElse(false)) {
            return so;
        }
        if (so.has(usage) && !so.is(usage)) {
            throw Ckr.TEMPLATE_INCONSISTENT.because("a key that recovers may " + usage + " too");
        }
        return so.with(usage, true);
    }

    /** Complains where a change would take a value away, which the module cannot: a date once set can only be another. */
    public static void requireNothingEmptied(Template template, ObjectView object) {
        template.values().forEach((number, value) -> {
            boolean empties = value.length == 0
                    && Fields.find(number)
                            .filter(field -> MAY_BE_EMPTY.contains(field.attribute()))
                            .isPresent();
            if (empties && object.read(number).length > 0) {
                throw Ckr.ATTRIBUTE_VALUE_INVALID.because(
                        "the attribute 0x%x can be changed but not emptied".formatted(number));
            }
        });
    }

    /** The class that the template states, which has to be the expected one when there is one. */
    static ObjectClass objectClass(Template template, Optional<ObjectClass> expected) {
        Optional<ObjectClass> stated = template.find(Cka.CLASS).map(Form.CLASS::read);
        if (expected.isPresent() && stated.isPresent() && !stated.equals(expected)) {
            throw Ckr.TEMPLATE_INCONSISTENT.because(
                    "the template says " + stated.get() + " where a " + expected.get() + " is made");
        }
        return expected.or(() -> stated)
                .orElseThrow(() -> Ckr.TEMPLATE_INCOMPLETE.because("the template does not say the class (CKA_CLASS)"));
    }

    /** The type of key that the template states. */
    static Optional<KeyType> keyType(Template template) {
        return template.find(Cka.KEY_TYPE).map(Form.KEY_TYPE::read);
    }
}
