package org.cofferhsm.hsm.pkcs11.terms;

import java.util.Set;
import org.cofferhsm.hsm.der.Der;

/**
 * Public keys of elliptic curves: Cryptoki puts a DER octet string around them (PKCS#11 v3.1 §6.3.3), and programs forget it.
 */
final class EcPoints {

    /** The lengths of the points and coordinates that the module has; no bare one looks like a wrapped one. */
    private static final Set<Integer> LENGTHS = Set.of(32, 65, 97, 133);

    private EcPoints() {}

    static byte[] read(byte[] value) {
        return Der.content(Der.OCTET_STRING, value)
                .filter(point -> LENGTHS.contains(point.length))
                .orElse(value);
    }

    static byte[] write(byte[] point) {
        return Der.value(Der.OCTET_STRING, point);
    }
}
