package org.cofferhsm.hsm.jce;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.XECPublicKey;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.Octets;

/** The other side's public key of a key agreement, as the module takes it; any provider's key will do. */
final class PeerKeys {

    private PeerKeys() {}

    static Octets encoded(Key publicKey, Handle own) throws InvalidKeyException {
        Curve curve = own.attributes().get(Attribute.CURVE);
        if (publicKey instanceof ECPublicKey ec && own.type() == KeyType.EC) {
            return point(ec, curve);
        }
        if (publicKey instanceof XECPublicKey x && own.type() == KeyType.EC_MONTGOMERY) {
            return Octets.of(LittleEndian.bytes(x.getU().mod(BigInteger.TWO.pow(255)), curve.bytes()));
        }
        throw new InvalidKeyException("the other side's key is no public key on " + curve);
    }

    private static Octets point(ECPublicKey key, Curve curve) throws InvalidKeyException {
        if (!CurveParameters.of(curve).getCurve().equals(key.getParams().getCurve())) {
            throw new InvalidKeyException("the other side's key is not on " + curve);
        }
        return CurveParameters.encoded(key.getW(), curve.bytes());
    }
}
