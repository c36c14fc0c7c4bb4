package org.cofferhsm.hsm.crypto.ec;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyType;

/** The algorithm identifier of EC keys (RFC 5480 §2.1.1): id-ecPublicKey with the name of a curve. */
final class EcAlgorithm {

    private EcAlgorithm() {}

    static AlgorithmIdentifier of(Curve curve) {
        return new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, new ASN1ObjectIdentifier(curve.oid()));
    }

    /**
     * The curve that is named. Parameters that are written out are refused: whoever chooses a base point can make a key
     * that answers to another's public point (CVE-2020-0601).
     */
    static Curve curve(AlgorithmIdentifier algorithm) {
        if (!algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            throw HsmException.dataInvalid(
                    "the data is a key of algorithm " + algorithm.getAlgorithm() + ", not of EC");
        }
        if (!(algorithm.getParameters() instanceof ASN1ObjectIdentifier name)) {
            throw HsmException.attributeValueInvalid(
                    "the EC key does not name its curve; explicit parameters are refused");
        }
        Curve curve = Curve.ofOid(name.getId());
        if (curve.keyType() != KeyType.EC) {
            throw HsmException.dataInvalid("the data names the curve " + curve + ", which is not one for EC keys");
        }
        return curve;
    }
}
