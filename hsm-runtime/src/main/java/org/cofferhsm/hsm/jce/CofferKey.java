package org.cofferhsm.hsm.jce;

import java.security.Key;
import org.cofferhsm.hsm.key.KeyId;

/**
 * A key of the module as the JCA sees it: a handle. Secrets never come along, so {@code getEncoded} and
 * {@code getFormat} of private and secret keys give null.
 *
 * <p>Two handles are equal when they name the same object of the same login.
 */
public sealed interface CofferKey extends Key permits CofferPrivateKey, CofferPublicKey, CofferSecretKey {

    /** The key reference, for use with {@link org.cofferhsm.hsm.session.Session}. */
    KeyId keyId();

    /** The label when the handle was made, or an empty string. */
    String label();
}
