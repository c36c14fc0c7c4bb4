package org.cofferhsm.hsm.jce;

import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Curve;

/** A public key on a prime curve (RFC 5480). */
final class CofferEcPublicKey extends CofferPublicKey implements ECPublicKey {

    private final transient ECParameterSpec parameters;
    private final transient ECPoint point;

    CofferEcPublicKey(Handle handle, SubjectPublicKey encoded) {
        super(handle, "EC", encoded);
        Curve curve = handle.attributes().get(Attribute.CURVE);
        this.parameters = CurveParameters.of(curve);
        this.point = CurveParameters.point(curve, encoded.bits());
    }

    @Override
    public ECParameterSpec getParams() {
        return parameters;
    }

    @Override
    public ECPoint getW() {
        return point;
    }
}
