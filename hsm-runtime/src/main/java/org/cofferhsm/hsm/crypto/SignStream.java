package org.cofferhsm.hsm.crypto;

/** A signature or digest in progress, of one thread. */
public interface SignStream {

    void update(byte[] data, int offset, int length);

    /** Gives the signature, MAC or digest. */
    byte[] finish();
}
