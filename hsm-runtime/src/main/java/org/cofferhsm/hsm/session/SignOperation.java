package org.cofferhsm.hsm.session;

/** A signature or MAC in parts. Closing an unfinished operation abandons it. */
public interface SignOperation extends AutoCloseable {

    void update(byte[] data, int offset, int length);

    /** Gives the signature and ends the operation. */
    byte[] finish();

    @Override
    void close();
}
