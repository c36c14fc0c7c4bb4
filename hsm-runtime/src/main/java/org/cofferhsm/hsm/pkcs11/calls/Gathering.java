package org.cofferhsm.hsm.pkcs11.calls;

import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.PartKind;
import org.cofferhsm.hsm.spi.KeptMemory;

/**
 * What one operation has the module keep until its end: ciphertext whose tag is still to come, data that is hashed twice. All
 * operations of a program together may have it keep so much and no more.
 */
final class Gathering implements AutoCloseable {

    private final KeptMemory.Share memory;
    private final boolean gathers;
    private long own;

    /** @param memory what the program's operations may gather */
    Gathering(KeptMemory.Share memory, PartKind kind, Algorithm algorithm) {
        this.memory = memory;
        this.gathers = algorithm.type() == MechanismType.AES_GCM && kind == PartKind.DECRYPT
                || algorithm.type() == MechanismType.EDDSA;
    }

    /** Complains by DEVICE_MEMORY. */
    void take(int bytes) {
        if (gathers) {
            if (!memory.take(bytes)) {
                throw Ckr.DEVICE_MEMORY.because(
                        "the programs' operations in parts have the module keep more until their"
                                + " end than it has memory for; finish some");
            }
            own += bytes;
        }
    }

    @Override
    public void close() {
        memory.giveBack(own);
        own = 0;
    }
}
