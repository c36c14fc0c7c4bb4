package org.cofferhsm.hsm.cli;

import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.session.Session;

/** What is done with public keys only. */
final class PublicKeys {

    private PublicKeys() {}

    static void require(Session session, KeyId key) {
        ObjectClass found = session.describe(key).attributes().get(Attribute.CLASS);
        if (found != ObjectClass.PUBLIC_KEY) {
            throw HsmException.keyFunctionNotPermitted(
                    key + " is a " + found + "; only a public-key is written to a file in the clear");
        }
    }
}
