package org.cofferhsm.hsm.jce;

import java.math.BigInteger;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;

/** An X25519 public key: the u-coordinate (RFC 7748 §5, in little-endian order). */
final class CofferMontgomeryPublicKey extends CofferPublicKey implements XECPublicKey {

    CofferMontgomeryPublicKey(Handle handle, SubjectPublicKey encoded) {
        super(handle, "XDH", encoded);
    }

    @Override
    public NamedParameterSpec getParams() {
        return NamedParameterSpec.X25519;
    }

    @Override
    public BigInteger getU() {
        return LittleEndian.number(subjectPublicKey().bits());
    }
}
