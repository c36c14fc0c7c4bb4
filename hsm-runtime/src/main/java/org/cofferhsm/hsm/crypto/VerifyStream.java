package org.cofferhsm.hsm.crypto;

/** A verification in progress, of one thread. */
public interface VerifyStream {

    void update(byte[] data, int offset, int length);

    /** Whether the signature is authentic. */
    boolean finish(byte[] signature);
}
