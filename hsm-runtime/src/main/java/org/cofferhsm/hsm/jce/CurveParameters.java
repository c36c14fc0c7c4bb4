package org.cofferhsm.hsm.jce;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.Octets;

/** The domain parameters of the prime curves (SEC 2): the JDK's own objects, which other providers recognise. */
final class CurveParameters {

    private static final Map<Curve, ECParameterSpec> PRIME_CURVES = Stream.of(Curve.P256, Curve.P384, Curve.P521)
            .collect(Collectors.toUnmodifiableMap(curve -> curve, CurveParameters::ofJdk));

    private CurveParameters() {}

    static ECParameterSpec of(Curve curve) {
        return curve == Curve.SECP256K1 ? Koblitz.SECP256K1 : Objects.requireNonNull(PRIME_CURVES.get(curve));
    }

    private static ECParameterSpec ofJdk(Curve curve) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(curve.standardName()));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new ProviderException("no provider knows the curve " + curve, e);
        }
    }

    /** Reads an uncompressed point (SEC 1 §2.3.4). */
    static ECPoint point(Curve curve, byte[] bytes) {
        int half = curve.bytes();
        if (bytes.length != 1 + 2 * half || bytes[0] != 4) {
            throw HsmException.dataInvalid("the public key is no uncompressed point on " + curve);
        }
        return new ECPoint(BigEndian.number(bytes, 1, 1 + half), BigEndian.number(bytes, 1 + half, bytes.length));
    }

    /** Writes an uncompressed point. */
    static Octets encoded(ECPoint point, int coordinateBytes) {
        byte[] bytes = new byte[1 + 2 * coordinateBytes];
        bytes[0] = 4;
        System.arraycopy(BigEndian.bytes(point.getAffineX(), coordinateBytes), 0, bytes, 1, coordinateBytes);
        System.arraycopy(
                BigEndian.bytes(point.getAffineY(), coordinateBytes), 0, bytes, 1 + coordinateBytes, coordinateBytes);
        return Octets.of(bytes);
    }

    /** The JDK dropped this curve in version 16; the numbers are SEC 2 §2.4.1's. */
    private static final class Koblitz {
        static final ECParameterSpec SECP256K1 = new ECParameterSpec(
                new EllipticCurve(
                        new ECFieldFp(number("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f")),
                        BigInteger.ZERO,
                        BigInteger.valueOf(7)),
                new ECPoint(
                        number("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"),
                        number("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8")),
                number("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"),
                1);

        private static BigInteger number(String hex) {
            return new BigInteger(hex, 16);
        }
    }
}
