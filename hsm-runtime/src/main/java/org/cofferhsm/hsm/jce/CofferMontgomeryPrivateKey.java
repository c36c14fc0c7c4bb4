package org.cofferhsm.hsm.jce;

import java.security.interfaces.XECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;

/** The handle of an X25519 private key (RFC 7748). */
final class CofferMontgomeryPrivateKey extends CofferPrivateKey implements XECPrivateKey {

    CofferMontgomeryPrivateKey(Handle handle) {
        super(handle, "XDH");
    }

    @Override
    public NamedParameterSpec getParams() {
        return NamedParameterSpec.X25519;
    }

    /** Never there: the key stays in the module. */
    @Override
    public Optional<byte[]> getScalar() {
        return Optional.empty();
    }
}
