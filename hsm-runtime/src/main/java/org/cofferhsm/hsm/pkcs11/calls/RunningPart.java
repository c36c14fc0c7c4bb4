package org.cofferhsm.hsm.pkcs11.calls;

/** An operation in parts. Its calls come one at a time; whoever ends it closes it. */
interface RunningPart extends AutoCloseable {

    byte[] NOTHING = {};

    /** Takes the next part and gives what is ready, maybe nothing. */
    byte[] update(byte[] part);

    /**
     * Gives the rest.
     *
     * @param signature to verify; empty for all others
     */
    byte[] finish(byte[] signature);

    @Override
    void close();
}
