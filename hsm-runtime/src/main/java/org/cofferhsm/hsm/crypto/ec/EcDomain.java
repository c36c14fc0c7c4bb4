package org.cofferhsm.hsm.crypto.ec;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyType;

/** A Weierstrass curve with its base point: full public-key validation (SP 800-56A rev. 3 §5.6.2.3.3) and public points. */
record EcDomain(Curve curve, X9ECParameters parameters) {

    private static final byte UNCOMPRESSED = 4;
    private static final Map<Curve, EcDomain> DOMAINS = domains();

    private static Map<Curve, EcDomain> domains() {
        Map<Curve, EcDomain> domains = new EnumMap<>(Curve.class);
        Arrays.stream(Curve.values())
                .filter(curve -> curve.keyType() == KeyType.EC)
                .forEach(curve -> domains.put(curve, new EcDomain(curve, named(curve))));
        return Map.copyOf(domains);
    }

    private static X9ECParameters named(Curve curve) {
        return CustomNamedCurves.getByOID(new ASN1ObjectIdentifier(curve.oid()));
    }

    /** The domain of a curve of type EC. */
    static EcDomain of(Curve curve) {
        EcDomain domain = DOMAINS.get(curve);
        if (domain == null) {
            throw new IllegalArgumentException(curve + " is not a Weierstrass curve");
        }
        return domain;
    }

    BigInteger order() {
        return parameters.getN();
    }

    /** The point that {@code encoded} is, when it is uncompressed, on the curve and not at infinity (the cofactor is 1). */
    Optional<ECPoint> point(byte[] encoded) {
        if (encoded.length != 1 + 2 * curve.bytes() || encoded[0] != UNCOMPRESSED) {
            return Optional.empty();
        }
        try {
            return Optional.of(parameters.getCurve().decodePoint(encoded)).filter(ECPoint::isValid);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a coordinate outside the field, or a point beside the curve
        }
    }

    /** Whether a private key is between 1 and the order of the base point. */
    boolean isPrivate(BigInteger d) {
        return d.signum() > 0 && d.compareTo(order()) < 0;
    }

    /** The public point of a private key, uncompressed. */
    byte[] publicPoint(BigInteger d) {
        return new FixedPointCombMultiplier().multiply(parameters.getG(), d).getEncoded(false);
    }
}
