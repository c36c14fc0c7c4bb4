package org.cofferhsm.hsm.jce;

import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.NamedParameterSpec;

/** An Ed25519 public key (RFC 8032 §5.1.2: y in little-endian order, its top bit the sign of x). */
final class CofferEdwardsPublicKey extends CofferPublicKey implements EdECPublicKey {

    CofferEdwardsPublicKey(Handle handle, SubjectPublicKey encoded) {
        super(handle, "EdDSA", encoded);
    }

    @Override
    public NamedParameterSpec getParams() {
        return NamedParameterSpec.ED25519;
    }

    @Override
    public EdECPoint getPoint() {
        byte[] bits = subjectPublicKey().bits();
        boolean xOdd = bits[bits.length - 1] < 0;
        bits[bits.length - 1] &= 0x7f;
        return new EdECPoint(xOdd, LittleEndian.number(bits));
    }
}
