package org.cofferhsm.hsm.session;

/** A verification in parts. Closing an unfinished operation abandons it. */
public interface VerifyOperation extends AutoCloseable {

    void update(byte[] data, int offset, int length);

    /** Says whether the signature is authentic and ends the operation. */
    boolean finish(byte[] signature);

    @Override
    void close();
}
