package org.cofferhsm.hsm.key;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An attribute of an object, typed by its value: PKCS#11's under their PKCS#11 meaning and number (v3.1 §4), and the
 * module's own under vendor numbers.
 *
 * @param <T> the type of the value
 */
public final class Attribute<T> {

    private static final int VENDOR = 0x80000000;
    private static final List<Attribute<?>> DECLARED = new ArrayList<>();

    public static final Attribute<ObjectClass> CLASS = declare(0x000, "class", Syntax.CLASS);
    public static final Attribute<Boolean> TOKEN = declare(0x001, "token", Syntax.BOOLEAN);
    public static final Attribute<Boolean> PRIVATE = declare(0x002, "private", Syntax.BOOLEAN);
    public static final Attribute<String> LABEL = declare(0x003, "label", Syntax.TEXT);
    public static final Attribute<String> APPLICATION = declare(0x010, "application", Syntax.TEXT);
    public static final Attribute<Octets> OBJECT_ID = declare(0x012, "object-id", Syntax.OCTETS);
    public static final Attribute<Long> CERTIFICATE_TYPE = declare(0x080, "certificate-type", Syntax.NUMBER);
    public static final Attribute<Octets> ISSUER = declare(0x081, "issuer", Syntax.OCTETS);
    public static final Attribute<Octets> SERIAL_NUMBER = declare(0x082, "serial-number", Syntax.OCTETS);
    public static final Attribute<Boolean> TRUSTED = declare(0x086, "trusted", Syntax.BOOLEAN);
    public static final Attribute<Long> CERTIFICATE_CATEGORY = declare(0x087, "certificate-category", Syntax.NUMBER);
    public static final Attribute<Octets> CHECK_VALUE = declare(0x090, "check-value", Syntax.OCTETS);
    public static final Attribute<KeyType> KEY_TYPE = declare(0x100, "key-type", Syntax.KEY_TYPE);
    public static final Attribute<Octets> SUBJECT = declare(0x101, "subject", Syntax.OCTETS);
    public static final Attribute<Octets> ID = declare(0x102, "id", Syntax.OCTETS);
    public static final Attribute<Boolean> SENSITIVE = declare(0x103, "sensitive", Syntax.BOOLEAN);
    public static final Attribute<Boolean> ENCRYPT = declare(0x104, "encrypt", Syntax.BOOLEAN);
    public static final Attribute<Boolean> DECRYPT = declare(0x105, "decrypt", Syntax.BOOLEAN);
    public static final Attribute<Boolean> WRAP = declare(0x106, "wrap", Syntax.BOOLEAN);
    public static final Attribute<Boolean> UNWRAP = declare(0x107, "unwrap", Syntax.BOOLEAN);
    public static final Attribute<Boolean> SIGN = declare(0x108, "sign", Syntax.BOOLEAN);
    public static final Attribute<Boolean> VERIFY = declare(0x10a, "verify", Syntax.BOOLEAN);
    public static final Attribute<Boolean> DERIVE = declare(0x10c, "derive", Syntax.BOOLEAN);
    public static final Attribute<LocalDate> START_DATE = declare(0x110, "start-date", Syntax.DATE);
    public static final Attribute<LocalDate> END_DATE = declare(0x111, "end-date", Syntax.DATE);
    public static final Attribute<Octets> MODULUS = declare(0x120, "modulus", Syntax.OCTETS);
    public static final Attribute<Long> MODULUS_BITS = declare(0x121, "modulus-size-bits", Syntax.NUMBER);
    public static final Attribute<Octets> PUBLIC_EXPONENT = declare(0x122, "public-exponent", Syntax.OCTETS);
    /** The length of a secret key in bytes (CKA_VALUE_LEN). */
    public static final Attribute<Long> VALUE_LENGTH = declare(0x161, "key-length-bytes", Syntax.NUMBER);

    public static final Attribute<Boolean> EXTRACTABLE = declare(0x162, "extractable", Syntax.BOOLEAN);
    public static final Attribute<Boolean> LOCAL = declare(0x163, "local", Syntax.BOOLEAN);
    public static final Attribute<Boolean> NEVER_EXTRACTABLE = declare(0x164, "never-extractable", Syntax.BOOLEAN);
    public static final Attribute<Boolean> ALWAYS_SENSITIVE = declare(0x165, "always-sensitive", Syntax.BOOLEAN);
    /** The mechanism that made the key (CKA_KEY_GEN_MECHANISM); absent for keys not made here. */
    public static final Attribute<MechanismType> KEY_GEN_MECHANISM =
            declare(0x166, "key-gen-mechanism", Syntax.MECHANISM);

    public static final Attribute<Boolean> MODIFIABLE = declare(0x170, "modifiable", Syntax.BOOLEAN);
    public static final Attribute<Boolean> COPYABLE = declare(0x171, "copyable", Syntax.BOOLEAN);
    public static final Attribute<Boolean> DESTROYABLE = declare(0x172, "destroyable", Syntax.BOOLEAN);
    /** The curve of an elliptic-curve key (CKA_EC_PARAMS). */
    public static final Attribute<Curve> CURVE = declare(0x180, "curve", Syntax.CURVE);
    /** The public point, uncompressed (SEC 1), without the DER octet string that Cryptoki puts around it. */
    public static final Attribute<Octets> EC_POINT = declare(0x181, "ec-point", Syntax.OCTETS);

    public static final Attribute<Boolean> WRAP_WITH_TRUSTED = declare(0x210, "wrap-with-trusted", Syntax.BOOLEAN);
    public static final Attribute<PqcParameterSet> PARAMETER_SET =
            declare(0x61d, "parameter-set", Syntax.PARAMETER_SET);
    public static final Attribute<Attributes> UNWRAP_TEMPLATE = declare(0x40000212, "unwrap-template", Syntax.TEMPLATE);
    public static final Attribute<Set<MechanismType>> ALLOWED_MECHANISMS =
            declare(0x40000600, "allowed-mechanisms", Syntax.MECHANISMS);

    /** The crypto user that made the object. */
    public static final Attribute<String> OWNER = declare(VENDOR | 0xc0f001, "owner", Syntax.TEXT);
    /** The crypto users that may use the object without owning it. */
    public static final Attribute<Set<String>> SHARED_USERS = declare(VENDOR | 0xc0f002, "shared-users", Syntax.NAMES);
    /** How often the key may be used; each use is then counted on disk. */
    public static final Attribute<Long> USAGE_LIMIT = declare(VENDOR | 0xc0f003, "usage-limit", Syntax.NUMBER);
    /** How often a key with a limit has been used. */
    public static final Attribute<Long> USAGE_COUNT = declare(VENDOR | 0xc0f004, "usage-count", Syntax.NUMBER);
    /** Whether AES-GCM encryption under this key accepts an IV from the caller. */
    public static final Attribute<Boolean> CALLER_IV = declare(VENDOR | 0xc0f005, "caller-iv", Syntax.BOOLEAN);
    /** How many approvals managing the key takes; 0 for none. */
    public static final Attribute<Long> MANAGE_QUORUM =
            declare(VENDOR | 0xc0f006, "manage-key-quorum-value", Syntax.NUMBER);
    /** How many approvals using the key takes; 0 for none. */
    public static final Attribute<Long> USE_QUORUM = declare(VENDOR | 0xc0f007, "use-key-quorum-value", Syntax.NUMBER);
    /** The uses that the key has now or had before: what it once could do still counts for key separation. */
    public static final Attribute<Set<String>> PAST_USAGES = declare(VENDOR | 0xc0f008, "past-usages", Syntax.NAMES);

    private static final List<Attribute<?>> ALL = List.copyOf(DECLARED);
    private static final Map<Integer, Attribute<?>> BY_CODE;
    private static final Map<String, Attribute<?>> BY_NAME;

    static {
        Map<Integer, Attribute<?>> byCode = new HashMap<>();
        Map<String, Attribute<?>> byName = new HashMap<>();
        for (Attribute<?> attribute : ALL) {
            byCode.put(attribute.code, attribute);
            byName.put(attribute.name, attribute);
        }
        BY_CODE = Map.copyOf(byCode);
        BY_NAME = Map.copyOf(byName);
    }

    private final int code;
    private final String name;
    private final int index;
    private final Syntax<T> syntax;

    private Attribute(int code, String name, int index, Syntax<T> syntax) {
        this.code = code;
        this.name = name;
        this.index = index;
        this.syntax = syntax;
    }

    private static <T> Attribute<T> declare(int code, String name, Syntax<T> syntax) {
        Attribute<T> attribute = new Attribute<>(code, name, DECLARED.size(), syntax);
        DECLARED.add(attribute);
        return attribute;
    }

    /** All attributes, in the order of their numbers. */
    public static List<Attribute<?>> all() {
        return ALL;
    }

    /** The attribute of that number, when the module has it. */
    public static Optional<Attribute<?>> ofCode(int code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** The attribute of that name, when the module has it. */
    public static Optional<Attribute<?>> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The CKA_* number. */
    public int code() {
        return code;
    }

    /** The name that the command line uses: PKCS#11's in lower case with dashes. */
    public String name() {
        return name;
    }

    /** Reads a value as the command line writes it. */
    public T parse(String text) {
        return syntax.parse(name, text);
    }

    /** Writes a value as the command line reads it. */
    public String format(T value) {
        return syntax.format(value);
    }

    /** The position of this attribute among {@link #all()}. */
    int index() {
        return index;
    }

    Syntax<T> syntax() {
        return syntax;
    }

    @Override
    public String toString() {
        return name;
    }
}
