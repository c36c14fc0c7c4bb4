package org.cofferhsm.hsm.session;

/**
 * An encryption or decryption in parts. Authenticated decryption releases nothing before {@link #finish} has checked
 * the tag. Closing an unfinished operation abandons it.
 */
public interface CipherOperation extends AutoCloseable {

    /** Takes the next part and gives what is ready, maybe nothing. */
    byte[] update(byte[] data, int offset, int length);

    /** Gives the rest and ends the operation. */
    byte[] finish();

    @Override
    void close();
}
