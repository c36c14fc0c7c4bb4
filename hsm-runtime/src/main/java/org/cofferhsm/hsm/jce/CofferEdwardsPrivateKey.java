package org.cofferhsm.hsm.jce;

import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;

/** The handle of an Ed25519 private key (RFC 8032). */
final class CofferEdwardsPrivateKey extends CofferPrivateKey implements EdECPrivateKey {

    CofferEdwardsPrivateKey(Handle handle) {
        super(handle, "EdDSA");
    }

    @Override
    public NamedParameterSpec getParams() {
        return NamedParameterSpec.ED25519;
    }

    /** Never there: the key stays in the module. */
    @Override
    public Optional<byte[]> getBytes() {
        return Optional.empty();
    }
}
