package org.cofferhsm.hsm.pkcs11.terms;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.der.Der;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;

/** CKA_EC_PARAMS: a curve by its object identifier, or by its name as a PrintableString (PKCS#11 v3.1 §6.3.3). */
final class CurveNames {

    private CurveNames() {}

    /** Complains by CURVE_NOT_SUPPORTED. */
    static Curve read(byte[] parameters) {
        return byIdentifier(parameters)
                .or(() -> byName(parameters))
                .orElseThrow(() -> Ckr.CURVE_NOT_SUPPORTED.because("the EC parameters name no curve of the module:"
                        + " known are P-256, P-384, P-521, secp256k1, Ed25519 and X25519"));
    }

    static byte[] write(Curve curve) {
        return Der.objectIdentifier(curve.oid());
    }

    private static Optional<Curve> byIdentifier(byte[] parameters) {
        return Arrays.stream(Curve.values())
                .filter(curve -> Arrays.equals(write(curve), parameters))
                .findFirst();
    }

    private static Optional<Curve> byName(byte[] parameters) {
        return Der.content(Der.PRINTABLE_STRING, parameters).flatMap(CurveNames::named);
    }

    private static Optional<Curve> named(byte[] name) {
        try {
            return Optional.of(Curve.named(new String(name, StandardCharsets.US_ASCII)));
        } catch (HsmException e) {
            return Optional.empty(); // no such curve, which the caller says
        }
    }
}
