package org.cofferhsm.hsm.pkcs11.terms;

import static org.cofferhsm.hsm.key.ObjectClass.CERTIFICATE;
import static org.cofferhsm.hsm.key.ObjectClass.DATA;
import static org.cofferhsm.hsm.key.ObjectClass.PRIVATE_KEY;
import static org.cofferhsm.hsm.key.ObjectClass.PUBLIC_KEY;
import static org.cofferhsm.hsm.key.ObjectClass.SECRET_KEY;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.ObjectClass;

/** The one list of the attributes that Cryptoki and the module share (PKCS#11 v3.1 §4). */
final class Fields {

    private static final Set<ObjectClass> ALL = EnumSet.allOf(ObjectClass.class);
    private static final Set<ObjectClass> KEYS = EnumSet.of(PUBLIC_KEY, PRIVATE_KEY, SECRET_KEY);
    private static final Set<ObjectClass> SECRETS = EnumSet.of(PRIVATE_KEY, SECRET_KEY);
    private static final Set<ObjectClass> PAIRS = EnumSet.of(PUBLIC_KEY, PRIVATE_KEY);
    private static final Set<ObjectClass> PUBLIC = EnumSet.of(PUBLIC_KEY);
    private static final Set<ObjectClass> ENCIPHERING = EnumSet.of(PUBLIC_KEY, SECRET_KEY);
    private static final Set<ObjectClass> CERTIFICATES = EnumSet.of(CERTIFICATE);

    private static final Optional<byte[]> NOTHING = Optional.empty();
    private static final Optional<byte[]> EMPTY = Optional.of(new byte[0]);
    private static final Optional<byte[]> FALSE = Optional.of(new byte[1]);
    private static final Optional<byte[]> TRUE = Optional.of(new byte[] {1});
    private static final Optional<byte[]> ZERO = Optional.of(new byte[Long.BYTES]);
    /** CK_UNAVAILABLE_INFORMATION. */
    private static final Optional<byte[]> UNAVAILABLE = Optional.of(Form.NUMBER.write(-1L));

    private static final Map<Integer, Field<?>> BY_NUMBER = new HashMap<>();

    static {
        add(Attribute.CLASS, Form.CLASS, ALL, NOTHING);
        add(Attribute.TOKEN, Form.BOOLEAN, ALL, FALSE);
        add(Attribute.PRIVATE, Form.BOOLEAN, ALL, FALSE);
        add(Attribute.LABEL, Form.TEXT, ALL, EMPTY);
        add(Attribute.MODIFIABLE, Form.BOOLEAN, ALL, TRUE);
        add(Attribute.COPYABLE, Form.BOOLEAN, ALL, TRUE);
        add(Attribute.DESTROYABLE, Form.BOOLEAN, ALL, TRUE);
        add(Attribute.OWNER, Form.TEXT, ALL, EMPTY);

        add(Attribute.APPLICATION, Form.TEXT, EnumSet.of(DATA), EMPTY);
        add(Attribute.OBJECT_ID, Form.OCTETS, EnumSet.of(DATA), EMPTY);

        add(Attribute.CERTIFICATE_TYPE, Form.NUMBER, CERTIFICATES, ZERO);
        add(Attribute.CERTIFICATE_CATEGORY, Form.NUMBER, CERTIFICATES, ZERO);
        add(Attribute.ISSUER, Form.OCTETS, CERTIFICATES, EMPTY);
        add(Attribute.SERIAL_NUMBER, Form.SERIAL_NUMBER, CERTIFICATES, EMPTY);
        add(Attribute.TRUSTED, Form.BOOLEAN, EnumSet.of(CERTIFICATE, PUBLIC_KEY, SECRET_KEY), FALSE);
        add(Attribute.CHECK_VALUE, Form.OCTETS, EnumSet.complementOf(EnumSet.of(DATA)), NOTHING);
        add(Attribute.SUBJECT, Form.OCTETS, EnumSet.of(CERTIFICATE, PUBLIC_KEY, PRIVATE_KEY), EMPTY);
        add(Attribute.ID, Form.OCTETS, EnumSet.complementOf(EnumSet.of(DATA)), EMPTY);
        add(Attribute.START_DATE, Form.DATE, EnumSet.complementOf(EnumSet.of(DATA)), EMPTY);
        add(Attribute.END_DATE, Form.DATE, EnumSet.complementOf(EnumSet.of(DATA)), EMPTY);

        add(Attribute.KEY_TYPE, Form.KEY_TYPE, KEYS, NOTHING);
        add(Attribute.DERIVE, Form.BOOLEAN, KEYS, FALSE);
        add(Attribute.LOCAL, Form.BOOLEAN, KEYS, FALSE);
        add(Attribute.KEY_GEN_MECHANISM, Form.MECHANISM, KEYS, UNAVAILABLE);
        add(Attribute.ALLOWED_MECHANISMS, Form.MECHANISMS, KEYS, EMPTY);
        add(Attribute.USAGE_LIMIT, Form.NUMBER, KEYS, NOTHING);
        add(Attribute.USAGE_COUNT, Form.NUMBER, KEYS, NOTHING);

        add(Attribute.ENCRYPT, Form.BOOLEAN, ENCIPHERING, FALSE);
        add(Attribute.VERIFY, Form.BOOLEAN, ENCIPHERING, FALSE);
        add(Attribute.WRAP, Form.BOOLEAN, ENCIPHERING, FALSE);
        add(Attribute.DECRYPT, Form.BOOLEAN, SECRETS, FALSE);
        add(Attribute.SIGN, Form.BOOLEAN, SECRETS, FALSE);
        add(Attribute.UNWRAP, Form.BOOLEAN, SECRETS, FALSE);
        add(Attribute.SENSITIVE, Form.BOOLEAN, SECRETS, FALSE);
        add(Attribute.EXTRACTABLE, Form.BOOLEAN, SECRETS, FALSE);
        add(Attribute.ALWAYS_SENSITIVE, Form.BOOLEAN, SECRETS, FALSE);
        add(Attribute.NEVER_EXTRACTABLE, Form.BOOLEAN, SECRETS, FALSE);
        add(Attribute.WRAP_WITH_TRUSTED, Form.BOOLEAN, SECRETS, FALSE);
        add(Attribute.UNWRAP_TEMPLATE, TemplateForm.FORM, SECRETS, EMPTY);
        add(Attribute.VALUE_LENGTH, Form.NUMBER, EnumSet.of(SECRET_KEY), NOTHING);
        add(Attribute.CALLER_IV, Form.BOOLEAN, EnumSet.of(SECRET_KEY), TRUE);

        add(Attribute.MODULUS, Form.INTEGER, PAIRS, NOTHING);
        add(Attribute.MODULUS_BITS, Form.NUMBER, PUBLIC, NOTHING);
        add(Attribute.PUBLIC_EXPONENT, Form.INTEGER, PAIRS, NOTHING);
        add(Attribute.CURVE, Form.CURVE, PAIRS, NOTHING);
        add(Attribute.EC_POINT, Form.POINT, PUBLIC, NOTHING);
    }

    private Fields() {}

    private static <T> void add(
            Attribute<T> attribute, Form<T> form, Set<ObjectClass> classes, Optional<byte[]> absent) {
        BY_NUMBER.put(attribute.code(), new Field<>(attribute, form, classes, absent));
    }

    /** The attribute of that CKA_* number. */
    static Optional<Field<?>> find(int number) {
        return Optional.ofNullable(BY_NUMBER.get(number));
    }

    static Collection<Field<?>> all() {
        return BY_NUMBER.values();
    }
}
