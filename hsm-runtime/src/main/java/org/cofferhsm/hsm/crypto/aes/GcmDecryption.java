package org.cofferhsm.hsm.crypto.aes;

import java.io.ByteArrayOutputStream;
import java.util.function.UnaryOperator;
import org.cofferhsm.hsm.crypto.CipherStream;

/** An AES-GCM decryption in parts: it gathers the ciphertext, and gives nothing before the tag at its end is checked. */
final class GcmDecryption implements CipherStream {

    private static final byte[] NOTHING = {};
    private static final int MAX_IV_AND_TAG_BYTES = GcmCipher.IV_BYTES + 16;

    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private final UnaryOperator<byte[]> decrypt;

    /** {@code decrypt} takes the whole ciphertext. */
    GcmDecryption(UnaryOperator<byte[]> decrypt) {
        this.decrypt = decrypt;
    }

    @Override
    public byte[] update(byte[] data, int offset, int length) {
        GcmCipher.requireMessage((long) gathered.size() + length - MAX_IV_AND_TAG_BYTES);
        gathered.write(data, offset, length);
        return NOTHING;
    }

    @Override
    public byte[] finish() {
        return decrypt.apply(gathered.toByteArray());
    }
}
