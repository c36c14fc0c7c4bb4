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

/** An object that C_CreateObject brings in the clear: a public key, a certificate or data. */
public record ImportedObject(Attributes attributes, byte[] value) {

    private static final Set<Integer> READ_HERE =
            Set.of(Cka.CLASS, Cka.KEY_TYPE, Cka.PARAMETER_SET, Cka.VALUE, Cka.PUBLIC_KEY_INFO);

    /** What a public key is, which its value says too. */
    private static final Set<Attribute<?>> VALUE_OF_PUBLIC_KEY = Set.of(
            Attribute.MODULUS, Attribute.PUBLIC_EXPONENT, Attribute.CURVE, Attribute.EC_POINT, Attribute.PARAMETER_SET);

    public static ImportedObject of(Template template) {
        ObjectClass objectClass = Templates.objectClass(template, Optional.empty());
        if (objectClass.isSecret()) {
            throw Ckr.TEMPLATE_INCONSISTENT.because("keys enter the module wrapped, never in the clear: wrap the key"
                    + " under a public key of the module, then C_UnwrapKey");
        }
        Attributes stated = Templates.read(objectClass, template, READ_HERE).with(Attribute.CLASS, objectClass);
        if (stated.is(Attribute.TRUSTED)) {
            throw Ckr.ATTRIBUTE_READ_ONLY.because("only the SO sets CKA_TRUSTED, after the object is there");
        }
        return objectClass == ObjectClass.PUBLIC_KEY
                ? publicKey(template, stated)
                : new ImportedObject(Defaults.of(stated), value(template));
    }

    private static byte[] value(Template template) {
        return template.find(Cka.VALUE)
                .orElseThrow(() -> Ckr.TEMPLATE_INCOMPLETE.because("the template has no value (CKA_VALUE)"));
    }

    private static ImportedObject publicKey(Template template, Attributes stated) {
        KeyType type = Templates.keyType(template)
                .orElseThrow(() ->
                        Ckr.TEMPLATE_INCOMPLETE.because("the template does not say the type of key (CKA_KEY_TYPE)"));
        Attributes key = ParameterSets.read(type, template, stated).with(Attribute.KEY_TYPE, type);
        byte[] info = template.find(Cka.PUBLIC_KEY_INFO)
                .filter(given -> given.length > 0)
                .orElseGet(() -> PublicKeyInfo.of(type, key, template.find(Cka.VALUE)));
        Attributes rest = key;
        for (Attribute<?> attribute : VALUE_OF_PUBLIC_KEY) {
            rest = rest.without(attribute);
        }
        return new ImportedObject(Defaults.of(rest), info);
    }
}
