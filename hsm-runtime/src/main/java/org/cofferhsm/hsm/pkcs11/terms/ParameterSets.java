package org.cofferhsm.hsm.pkcs11.terms;

import java.util.Arrays;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.PqcParameterSet;
import org.cofferhsm.hsm.pkcs11.wire.Cka;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Template;

/** CKA_PARAMETER_SET (PKCS#11 v3.2 §6.67, §6.68), whose numbers mean something else for each type of key. */
final class ParameterSets {

    private ParameterSets() {}

    /** {@code attributes} with the parameter set, when the template names one. */
    static Attributes read(KeyType type, Template template, Attributes attributes) {
        return template.find(Cka.PARAMETER_SET)
                .map(value -> attributes.with(Attribute.PARAMETER_SET, of(type, Form.NUMBER.read(value))))
                .orElse(attributes);
    }

    static byte[] write(PqcParameterSet set) {
        return Form.NUMBER.write((long) set.code());
    }

    private static PqcParameterSet of(KeyType type, long number) {
        return Arrays.stream(PqcParameterSet.values())
                .filter(set -> set.keyType() == type && set.code() == number)
                .findFirst()
                .orElseThrow(() -> Ckr.ATTRIBUTE_VALUE_INVALID.because(
                        "keys of type " + type + " have no parameter set " + number));
    }
}
