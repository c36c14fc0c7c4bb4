package org.cofferhsm.hsm.crypto.aes;

import java.util.Arrays;
import javax.crypto.Cipher;
import org.cofferhsm.hsm.crypto.CipherStream;

/** An AES-GCM encryption in parts; the module's IV, when it made one, comes out first. */
final class GcmEncryption implements CipherStream {

    private final AesStream blocks;
    private byte[] iv;
    private long taken;

    GcmEncryption(Cipher cipher, byte[] iv) {
        this.blocks = new AesStream(cipher, GcmCipher::unexpected);
        this.iv = iv;
    }

    @Override
    public byte[] update(byte[] data, int offset, int length) {
        GcmCipher.requireMessage(taken + length);
        taken += length;
        return afterIv(blocks.update(data, offset, length));
    }

    @Override
    public byte[] finish() {
        return afterIv(blocks.finish());
    }

    private byte[] afterIv(byte[] ready) {
        if (iv.length == 0) {
            return ready;
        }
        byte[] whole = Arrays.copyOf(iv, iv.length + ready.length);
        System.arraycopy(ready, 0, whole, iv.length, ready.length);
        iv = new byte[0];
        return whole;
    }
}
