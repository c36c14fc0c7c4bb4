package org.cofferhsm.hsm.jce;

import java.security.interfaces.ECKey;
import java.security.spec.ECParameterSpec;
import org.cofferhsm.hsm.key.Attribute;

/** The handle of a private key on a prime curve. */
final class CofferEcPrivateKey extends CofferPrivateKey implements ECKey {

    private final transient ECParameterSpec parameters;

    CofferEcPrivateKey(Handle handle) {
        super(handle, "EC");
        this.parameters = CurveParameters.of(handle.attributes().get(Attribute.CURVE));
    }

    @Override
    public ECParameterSpec getParams() {
        return parameters;
    }
}
