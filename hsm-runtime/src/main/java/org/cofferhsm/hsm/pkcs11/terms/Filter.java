package org.cofferhsm.hsm.pkcs11.terms;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.pkcs11.wire.CryptokiException;
import org.cofferhsm.hsm.pkcs11.wire.Template;

/**
 * A template to search by (PKCS#11 v3.1 §5.7.7). What the module can match, it matches, by its indexes of labels and ids;
 * the rest is compared with what C_GetAttributeValue would show.
 *
 * @param possible whether there can be any such object: an unknown attribute or an impossible value matches nothing
 * @param matched what the module matches
 * @param compared what is compared afterwards
 */
public record Filter(boolean possible, Attributes matched, Map<Integer, byte[]> compared) {

    public static Filter of(Template template) {
        Attributes matched = Attributes.NONE;
        Map<Integer, byte[]> compared = new LinkedHashMap<>();
        try {
            for (var entry : template.values().entrySet()) {
                Attributes more = matched(entry.getKey(), entry.getValue(), matched);
                if (more == matched) {
                    compared.put(entry.getKey(), entry.getValue());
                }
                matched = more;
            }
        } catch (CryptokiException e) {
            return new Filter(false, Attributes.NONE, Map.of());
        }
        return new Filter(true, matched, compared);
    }

    /** The same attributes when Cryptoki may see the value where the module has none: what is empty, zero or false. */
    private static Attributes matched(int number, byte[] value, Attributes so) {
        boolean blank = value.length == 0 || isZero(value);
        return blank || number == Attribute.KEY_GEN_MECHANISM.code()
                ? so
                : Fields.find(number)
                        .filter(field -> field.absent().stream().noneMatch(absent -> Arrays.equals(absent, value)))
                        .map(field -> field.read(value, so))
                        .orElse(so);
    }

    private static boolean isZero(byte[] value) {
        for (byte octet : value) {
            if (octet != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether an object that the module matched is one of those sought. */
    public boolean accepts(ObjectView object) {
        return compared.entrySet().stream().allMatch(entry -> shows(object, entry.getKey(), entry.getValue()));
    }

    private static boolean shows(ObjectView object, int number, byte[] value) {
        try {
            return Arrays.equals(object.read(number), value);
        } catch (CryptokiException e) {
            return false; // it does not have the attribute, or does not show it
        }
    }
}
