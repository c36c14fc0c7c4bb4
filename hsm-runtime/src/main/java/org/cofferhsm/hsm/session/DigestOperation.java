package org.cofferhsm.hsm.session;

/** A digest in parts. */
public interface DigestOperation extends AutoCloseable {

    void update(byte[] data, int offset, int length);

    /** Gives the digest and ends the operation. */
    byte[] finish();

    @Override
    void close();
}
