package org.cofferhsm.hsm.crypto;

/** An encryption or decryption in progress, of one thread. */
public interface CipherStream {

    /** Takes the next part and gives what is ready; an authenticated decryption gives nothing before its end. */
    byte[] update(byte[] data, int offset, int length);

    /** Gives the rest. */
    byte[] finish();
}
