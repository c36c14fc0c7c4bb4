package org.cofferhsm.hsm.crypto.aes;

import java.security.GeneralSecurityException;
import java.util.function.Function;
import javax.crypto.Cipher;
import org.cofferhsm.hsm.crypto.CipherStream;
import org.cofferhsm.hsm.error.HsmException;

/** A mode of AES whose output may be released as it comes. */
final class AesStream implements CipherStream {

    private static final byte[] NOTHING = {};

    private final Cipher cipher;
    private final Function<GeneralSecurityException, HsmException> complaint;

    /** Over an initialised cipher; {@code complaint} says what it means when the end does not fit. */
    AesStream(Cipher cipher, Function<GeneralSecurityException, HsmException> complaint) {
        this.cipher = cipher;
        this.complaint = complaint;
    }

    @Override
    public byte[] update(byte[] data, int offset, int length) {
        byte[] ready = cipher.update(data, offset, length);
        return ready != null ? ready : NOTHING;
    }

    @Override
    public byte[] finish() {
        try {
            return cipher.doFinal();
        } catch (GeneralSecurityException e) {
            throw complaint.apply(e);
        }
    }
}
