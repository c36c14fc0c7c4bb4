package org.cofferhsm.hsm.crypto.ec;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.cofferhsm.hsm.crypto.DerKey;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Curve;
import org.jspecify.annotations.Nullable;

/** The content of an EC private key (RFC 5915): its number, and its public point. */
record EcPrivateValue(Curve curve, BigInteger d, byte[] publicPoint) {

    private static final String WHAT = "an EC private key";

    static EcPrivateValue of(Curve curve, BigInteger d) {
        return new EcPrivateValue(curve, d, EcDomain.of(curve).publicPoint(d));
    }

    /** Reads PKCS#8; complains when the number is out of range or the public point, if there is one, is another's. */
    static EcPrivateValue decode(PrivateKeyInfo info) {
        Curve curve = EcAlgorithm.curve(info.getPrivateKeyAlgorithm());
        ECPrivateKey content = DerKey.content(info, ECPrivateKey::getInstance, WHAT);
        BigInteger d = DerKey.understand(content::getKey, WHAT);
        if (!EcDomain.of(curve).isPrivate(d)) {
            throw HsmException.dataInvalid("the EC private key is out of the range of the curve " + curve);
        }
        EcPrivateValue value = of(curve, d);
        value.requireSameCurve(content);
        value.requireSamePoint(content);
        return value;
    }

    private void requireSameCurve(ECPrivateKey content) {
        ASN1Encodable named = EcAlgorithm.of(curve).getParameters();
        boolean same = DerKey.understand(
                () -> Objects.requireNonNullElse(content.getParametersObject(), named)
                        .equals(named),
                WHAT);
        if (!same) {
            throw HsmException.dataInvalid("the EC private key names two different curves");
        }
    }

    private void requireSamePoint(ECPrivateKey content) {
        boolean same = DerKey.understand(() -> isMissingOr(content.getPublicKey()), WHAT);
        if (!same) {
            throw HsmException.dataInvalid(
                    "the EC private key does not belong to the public key that is stored with it");
        }
    }

    private boolean isMissingOr(@Nullable ASN1BitString stated) {
        return stated == null || Arrays.equals(stated.getOctets(), publicPoint);
    }

    /** PKCS#8 with the public point, the curve named once. */
    byte[] encode() {
        ECPrivateKey content =
                new ECPrivateKey(EcDomain.of(curve).order().bitLength(), d, new DERBitString(publicPoint), null);
        try {
            return DerKey.encode(new PrivateKeyInfo(EcAlgorithm.of(curve), content));
        } catch (IOException e) {
            throw HsmException.internal("an EC private key could not be written in DER")
                    .causedBy(e);
        }
    }
}
