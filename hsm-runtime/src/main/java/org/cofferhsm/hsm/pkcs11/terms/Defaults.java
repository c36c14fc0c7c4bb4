package org.cofferhsm.hsm.pkcs11.terms;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Usage;

/**
 * What a template leaves out. Cryptoki makes session objects where nothing is said (PKCS#11 v3.1 §4.4), and leaves the
 * uses to the token: a key can do what its type is for, as with SoftHSM. But a secret key works on data or on keys, never
 * on both, so the uses that the template names decide which of them are the default.
 */
final class Defaults {

    private static final List<Usage> ON_KEYS = List.of(Usage.WRAP, Usage.UNWRAP, Usage.DERIVE);

    private Defaults() {}

    static Attributes of(Attributes template) {
        Attributes object = template.withDefault(Attribute.TOKEN, false);
        return template.get(Attribute.CLASS).isKey() ? withUses(object) : object;
    }

    private static Attributes withUses(Attributes key) {
        Attributes result = key;
        for (Usage usage : uses(key)) {
            result = result.withDefault(usage.attribute(), true);
        }
        return result;
    }

    private static Set<Usage> uses(Attributes key) {
        KeyType type = key.get(Attribute.KEY_TYPE);
        return switch (key.get(Attribute.CLASS)) {
            case SECRET_KEY -> namesUseOnKeys(key) ? Set.of() : ofSecret(type);
            case PUBLIC_KEY -> ofPublic(type);
            case PRIVATE_KEY -> ofPrivate(type);
            case CERTIFICATE, DATA -> Set.of();
        };
    }

    private static boolean namesUseOnKeys(Attributes key) {
        return key.get(Attribute.CLASS) == ObjectClass.SECRET_KEY
                && ON_KEYS.stream().anyMatch(usage -> key.is(usage.attribute()));
    }

    private static Set<Usage> ofSecret(KeyType type) {
        return type == KeyType.AES
                ? EnumSet.of(Usage.ENCRYPT, Usage.DECRYPT, Usage.SIGN, Usage.VERIFY)
                : EnumSet.of(Usage.SIGN, Usage.VERIFY);
    }

    private static Set<Usage> ofPublic(KeyType type) {
        return switch (type) {
            case RSA -> EnumSet.of(Usage.ENCRYPT, Usage.VERIFY, Usage.WRAP);
            case EC, EC_EDWARDS, ML_DSA -> EnumSet.of(Usage.VERIFY);
            case ML_KEM -> EnumSet.of(Usage.DERIVE);
            default -> Set.of();
        };
    }

    private static Set<Usage> ofPrivate(KeyType type) {
        return switch (type) {
            case RSA -> EnumSet.of(Usage.DECRYPT, Usage.SIGN, Usage.UNWRAP);
            case EC, EC_EDWARDS, ML_DSA -> EnumSet.of(Usage.SIGN);
            case EC_MONTGOMERY, ML_KEM -> EnumSet.of(Usage.DERIVE);
            default -> Set.of();
        };
    }
}
