package org.cofferhsm.hsm.session.local;

import java.util.function.Supplier;
import org.cofferhsm.hsm.key.SecretBytes;

/** A user in memory, a way to the verifiers of its PINs, and the lock under which its PIN is tried and changed. */
record HeldUser(UserAccount account, Supplier<SecretBytes> sealedVerifiers, Object lock) {

    /** What is stored of its PINs; the caller closes it. */
    SecretBytes stored() {
        return sealedVerifiers.get();
    }

    /** The caller closes them. */
    Verifiers verifiers() {
        try (SecretBytes stored = stored()) {
            return Verifiers.in(stored);
        }
    }
}
