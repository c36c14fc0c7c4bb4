package org.cofferhsm.hsm.crypto.ec;

import java.util.Arrays;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyType;

/** The two curves of RFC 8410 that the module has, with what tells them apart: both have keys of 32 bytes. */
enum Rfc8410Curve {
    ED25519(Curve.ED25519, "Ed25519") {
        @Override
        byte[] publicKey(byte[] seed) {
            return new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
        }

        /** On the curve and of full order (RFC 8032 §5.1.3, SP 800-186 §D.1.3). */
        @Override
        boolean isPublicKey(byte[] key) {
            return key.length == BYTES && Ed25519.validatePublicKeyFull(key, 0);
        }
    },
    X25519(Curve.X25519, "X25519") {
        @Override
        byte[] publicKey(byte[] seed) {
            return new X25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
        }

        /** Any 32 bytes (RFC 7748 §5); what is of small order shows when it is used. */
        @Override
        boolean isPublicKey(byte[] key) {
            return key.length == BYTES;
        }
    };

    static final int BYTES = 32;

    private final Curve curve;
    private final String jcaName;

    Rfc8410Curve(Curve curve, String jcaName) {
        this.curve = curve;
        this.jcaName = jcaName;
    }

    static Rfc8410Curve of(KeyType type) {
        return Arrays.stream(values())
                .filter(known -> known.curve.keyType() == type)
                .findFirst()
                .orElseThrow(() -> HsmException.keyTypeInconsistent("keys of type " + type + " are not of RFC 8410"));
    }

    Curve curve() {
        return curve;
    }

    /** The name of its key factory, key pair generator and operation. */
    String jcaName() {
        return jcaName;
    }

    AlgorithmIdentifier algorithm() {
        return new AlgorithmIdentifier(new ASN1ObjectIdentifier(curve.oid()));
    }

    abstract byte[] publicKey(byte[] seed);

    abstract boolean isPublicKey(byte[] key);
}
