package org.cofferhsm.hsm.pkcs11.terms;

import java.util.Optional;
import java.util.Set;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.pkcs11.wire.Cka;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.CryptokiException;
import org.cofferhsm.hsm.pkcs11.wire.Mechanism;
import org.cofferhsm.hsm.pkcs11.wire.Parameter;
import org.cofferhsm.hsm.pkcs11.wire.Template;

/** The templates of keys that are generated, unwrapped or derived (PKCS#11 v3.1 §5.18), with Cryptoki's defaults. */
public final class NewKeys {

    private static final Set<Integer> READ_HERE = Set.of(Cka.CLASS, Cka.KEY_TYPE, Cka.PARAMETER_SET);

    private NewKeys() {}

    /** C_GenerateKey. */
    public static KeyTemplate generated(Mechanism mechanism, Template template) {
        requireNoParameter(mechanism);
        return key(ObjectClass.SECRET_KEY, secretType(mechanism, template), template);
    }

    private static KeyType secretType(Mechanism mechanism, Template template) {
        Optional<KeyType> stated = Templates.keyType(template);
        return switch (MechanismNumbers.type(mechanism)) {
            case AES_KEY_GEN -> same(KeyType.AES, stated);
            case GENERIC_SECRET_KEY_GEN -> {
                KeyType type = stated.orElse(KeyType.GENERIC_SECRET);
                yield type.isSymmetric() && type != KeyType.AES ? type : same(KeyType.GENERIC_SECRET, stated);
            }
            default -> throw cannot(mechanism, "generate a key");
        };
    }

    /** C_GenerateKeyPair. */
    public static KeyPairTemplate generated(Mechanism mechanism, Template publicKey, Template privateKey) {
        requireNoParameter(mechanism);
        KeyType type = pairType(mechanism);
        same(type, Templates.keyType(publicKey));
        same(type, Templates.keyType(privateKey));
        return new KeyPairTemplate(
                key(ObjectClass.PUBLIC_KEY, type, publicKey).attributes(),
                key(ObjectClass.PRIVATE_KEY, type, privateKey).attributes());
    }

    private static KeyType pairType(Mechanism mechanism) {
        return switch (MechanismNumbers.type(mechanism)) {
            case RSA_PKCS_KEY_PAIR_GEN -> KeyType.RSA;
            case EC_KEY_PAIR_GEN -> KeyType.EC;
            case EC_EDWARDS_KEY_PAIR_GEN -> KeyType.EC_EDWARDS;
            case EC_MONTGOMERY_KEY_PAIR_GEN -> KeyType.EC_MONTGOMERY;
            case ML_DSA_KEY_PAIR_GEN -> KeyType.ML_DSA;
            case ML_KEM_KEY_PAIR_GEN -> KeyType.ML_KEM;
            default -> throw cannot(mechanism, "generate a key pair");
        };
    }

    /** C_UnwrapKey: the template says what was wrapped. */
    public static KeyTemplate unwrapped(Template template) {
        ObjectClass objectClass = Templates.objectClass(template, Optional.empty());
        KeyType type = Templates.keyType(template)
                .orElseThrow(() ->
                        Ckr.TEMPLATE_INCOMPLETE.because("the template does not say the type of key (CKA_KEY_TYPE)"));
        return key(objectClass, type, template);
    }

    /** C_DeriveKey: a secret key, a generic one unless the template says otherwise. */
    public static KeyTemplate derived(Template template) {
        return key(ObjectClass.SECRET_KEY, Templates.keyType(template).orElse(KeyType.GENERIC_SECRET), template);
    }

    private static KeyTemplate key(ObjectClass objectClass, KeyType type, Template template) {
        Templates.objectClass(template, Optional.of(objectClass));
        if (type.isSymmetric() != (objectClass == ObjectClass.SECRET_KEY)) {
            throw Ckr.TEMPLATE_INCONSISTENT.because("a key of type " + type + " is no " + objectClass);
        }
        Attributes stated = Templates.read(objectClass, template, READ_HERE);
        if (stated.is(Attribute.TRUSTED)) {
            throw Ckr.ATTRIBUTE_READ_ONLY.because("a new key is never trusted; the SO sets CKA_TRUSTED afterwards");
        }
        Attributes typed = ParameterSets.read(type, template, stated)
                .with(Attribute.CLASS, objectClass)
                .with(Attribute.KEY_TYPE, type);
        return new KeyTemplate(Defaults.of(typed));
    }

    private static KeyType same(KeyType made, Optional<KeyType> stated) {
        if (stated.isPresent() && stated.get() != made) {
            throw Ckr.TEMPLATE_INCONSISTENT.because(
                    "the template says a key of type " + stated.get() + " where the mechanism makes one of " + made);
        }
        return made;
    }

    private static void requireNoParameter(Mechanism mechanism) {
        boolean none = mechanism.parameter() instanceof Parameter.None
                || mechanism.parameter() instanceof Parameter.Raw raw && raw.bytes().length == 0;
        if (!none) {
            MechanismType type = MechanismNumbers.type(mechanism);
            throw Ckr.MECHANISM_PARAM_INVALID.because("the mechanism " + type + " takes no parameter here");
        }
    }

    private static CryptokiException cannot(Mechanism mechanism, String what) {
        return Ckr.MECHANISM_INVALID.because("the mechanism " + mechanism + " does not " + what);
    }
}
