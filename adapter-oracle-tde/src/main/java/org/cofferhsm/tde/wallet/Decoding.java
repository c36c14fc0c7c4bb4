package org.cofferhsm.tde.wallet;

import java.io.IOException;
import org.cofferhsm.hsm.error.HsmException;

/** Reads ASN.1 that strangers wrote: whatever is wrong with it, the outcome is a value or one kind of refusal. */
final class Decoding {

    /** What decodes; free to throw what Bouncy Castle throws on malformed input. */
    @FunctionalInterface
    interface Step<T> {
        T decode() throws IOException;
    }

    private Decoding() {}

    static <T> T of(String what, Step<T> step) {
        try {
            return step.decode();
        } catch (IOException
                | IllegalArgumentException
                | IllegalStateException
                | ClassCastException
                | ArithmeticException
                | IndexOutOfBoundsException e) {
            throw HsmException.dataInvalid(what + " is malformed: " + e.getMessage())
                    .causedBy(e);
        }
    }
}
