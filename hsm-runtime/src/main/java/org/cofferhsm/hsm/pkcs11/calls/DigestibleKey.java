package org.cofferhsm.hsm.pkcs11.calls;

import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.session.Session;

/** The secret keys that C_DigestKey takes (PKCS#11 v3.1 §5.12.4). */
final class DigestibleKey {

    private DigestibleKey() {}

    /** The key's bytes; complains by KEY_INDIGESTIBLE. */
    static byte[] value(Session user, KeyId key) {
        Attributes attributes = user.describe(key).attributes();
        boolean readable = attributes.get(Attribute.CLASS) == ObjectClass.SECRET_KEY
                && !attributes.is(Attribute.SENSITIVE)
                && attributes.is(Attribute.EXTRACTABLE);
        if (!readable) {
            throw Ckr.KEY_INDIGESTIBLE.because("only a secret key that may leave the module in the clear is digested");
        }
        return user.value(key);
    }
}
