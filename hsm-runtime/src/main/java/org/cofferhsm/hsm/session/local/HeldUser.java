package org.cofferhsm.hsm.session.local;

import java.util.function.Supplier;
import org.cofferhsm.hsm.key.SecretBytes;

/** A user in memory, a way to the verifier of its PIN, and the lock under which its PIN is tried and changed. */
record HeldUser(UserAccount account, Supplier<SecretBytes> sealedVerifier, Object lock) {

    /** The verifier; the caller closes it. */
    SecretBytes verifier() {
        return sealedVerifier.get();
    }
}
