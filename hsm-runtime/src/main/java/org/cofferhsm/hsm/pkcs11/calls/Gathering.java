package org.cofferhsm.hsm.pkcs11.calls;

import java.util.concurrent.atomic.AtomicLong;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.PartKind;

/**
 * What one operation has the module keep until its end: ciphertext whose tag is still to come, data that is hashed twice. All
 * operations of a program together may have it keep so much and no more.
 */
final class Gathering implements AutoCloseable {

    private static final long LIMIT = 256L << 20;

    private final AtomicLong all;
    private final boolean gathers;
    private long own;

    /**
     * @param all what the program's operations have gathered
     */
    Gathering(AtomicLong all, PartKind kind, Algorithm algorithm) {
        this.all = all;
        this.gathers = algorithm.type() == MechanismType.AES_GCM && kind == PartKind.DECRYPT
                || algorithm.type() == MechanismType.EDDSA;
    }

    /** Complains by DEVICE_MEMORY. */
    void take(int bytes) {
        if (gathers) {
            own += bytes;
            if (all.addAndGet(bytes) > LIMIT) {
                throw Ckr.DEVICE_MEMORY.because("the program's operations in parts have the module keep more than "
                        + (LIMIT >> 20) + " MiB until their end; finish some");
            }
        }
    }

    @Override
    public void close() {
        all.addAndGet(-own);
        own = 0;
    }
}
