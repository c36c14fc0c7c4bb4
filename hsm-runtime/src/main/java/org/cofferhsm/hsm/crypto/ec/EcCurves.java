package org.cofferhsm.hsm.crypto.ec;

import java.math.BigInteger;
import java.security.interfaces.ECKey;
import java.util.Arrays;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyType;

/** Finds the curve of an EC key in an engine's form. */
final class EcCurves {

    private EcCurves() {}

    /** The order of the base point tells the curves apart. */
    static Curve of(EngineKey key) {
        BigInteger order = ((ECKey) key.jca()).getParams().getOrder();
        return Arrays.stream(Curve.values())
                .filter(curve -> curve.keyType() == KeyType.EC)
                .filter(curve -> EcDomain.of(curve).order().equals(order))
                .findFirst()
                .orElseThrow(() -> HsmException.keyTypeInconsistent("the EC key is not on a supported curve"));
    }
}
