package org.cofferhsm.hsm.crypto.ec;

import java.security.PublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.cofferhsm.hsm.crypto.DerKey;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.KeyPairCodec;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;

/** The other side's public keys in an agreement, validated before they meet a private key. */
final class PeerKeys {

    private final KeyPairCodec ec;
    private final KeyPairCodec rfc8410;

    PeerKeys(Engine engine) {
        ec = new EcKeyCodec(engine);
        rfc8410 = new Rfc8410KeyCodec(engine);
    }

    /** The peer on the curve of {@code own}; complains by {@code mechanismParameterInvalid}. */
    PublicKey of(EngineKey own, Octets peer) {
        return own.type() == KeyType.EC ? point(EcCurves.of(own), peer) : montgomery(peer);
    }

    private PublicKey point(Curve curve, Octets peer) {
        byte[] encoded = peer.toByteArray();
        if (EcDomain.of(curve).point(encoded).isEmpty()) {
            throw HsmException.mechanismParameterInvalid(
                    "the other side's public key is not an uncompressed point on the curve " + curve);
        }
        return publicKey(ec, KeyType.EC, new SubjectPublicKeyInfo(EcAlgorithm.of(curve), encoded));
    }

    private PublicKey montgomery(Octets peer) {
        byte[] encoded = peer.toByteArray();
        if (!Rfc8410Curve.X25519.isPublicKey(encoded)) {
            throw HsmException.mechanismParameterInvalid(
                    "the other side's X25519 public key has 32 bytes, not " + encoded.length);
        }
        SubjectPublicKeyInfo info = new SubjectPublicKeyInfo(Rfc8410Curve.X25519.algorithm(), encoded);
        return publicKey(rfc8410, KeyType.EC_MONTGOMERY, info);
    }

    private static PublicKey publicKey(KeyPairCodec codec, KeyType type, SubjectPublicKeyInfo info) {
        return (PublicKey)
                codec.decode(ObjectClass.PUBLIC_KEY, type, DerKey.encode(info)).jca();
    }
}
