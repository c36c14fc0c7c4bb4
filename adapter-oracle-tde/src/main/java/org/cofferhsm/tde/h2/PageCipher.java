package org.cofferhsm.tde.h2;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.cofferhsm.hsm.error.HsmException;

/**
 * XTS-AES-256 (IEEE 1619, SP 800-38E) of whole data units; the tweak is the unit's number. The AES is the JDK's, XTS is
 * how it is used (decision 20). For one thread at a time.
 */
final class PageCipher {

    /** Two AES-256 keys: of the data and of the tweak. */
    static final int KEY_BYTES = 64;

    private static final int BLOCK = 16;
    private static final int HALF = KEY_BYTES / 2;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Cipher encryptor;
    private final Cipher decryptor;
    private final Cipher tweaker;
    private byte[] tweaks = new byte[Pages.BYTES];

    /** @param key stays the caller's to wipe */
    PageCipher(byte[] key) {
        encryptor = cipher(Cipher.ENCRYPT_MODE, key, 0);
        decryptor = cipher(Cipher.DECRYPT_MODE, key, 0);
        tweaker = cipher(Cipher.ENCRYPT_MODE, key, HALF);
    }

    private static Cipher cipher(int mode, byte[] key, int offset) {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, offset, HALF, "AES"));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw HsmException.internal("the JDK has no AES-256").causedBy(e);
        }
    }

    /** Encrypts one data unit in place; its length is a multiple of 16. */
    void encrypt(long unit, byte[] data, int offset, int length) {
        apply(encryptor, unit, data, offset, length);
    }

    /** Decrypts one data unit in place. */
    void decrypt(long unit, byte[] data, int offset, int length) {
        apply(decryptor, unit, data, offset, length);
    }

    private void apply(Cipher cipher, long unit, byte[] data, int offset, int length) {
        try {
            makeTweaks(unit, length);
            mix(data, offset, length);
            cipher.update(data, offset, length, data, offset);
            mix(data, offset, length);
        } catch (GeneralSecurityException e) {
            throw HsmException.internal("the JDK's AES failed on page " + unit).causedBy(e);
        }
    }

    /** The first tweak is the encrypted number; each further one is the former times x in GF(2^128) (IEEE 1619 §5.2). */
    private void makeTweaks(long unit, int length) throws GeneralSecurityException {
        if (tweaks.length < length) {
            tweaks = new byte[length];
        }
        LONGS.set(tweaks, 0, unit);
        LONGS.set(tweaks, Long.BYTES, 0L);
        tweaker.update(tweaks, 0, BLOCK, tweaks, 0);
        long low = (long) LONGS.get(tweaks, 0);
        long high = (long) LONGS.get(tweaks, Long.BYTES);
        for (int at = BLOCK; at < length; at += BLOCK) {
            long carry = high >> 63 & 0x87;
            high = high << 1 | low >>> 63;
            low = low << 1 ^ carry;
            LONGS.set(tweaks, at, low);
            LONGS.set(tweaks, at + Long.BYTES, high);
        }
    }

    private void mix(byte[] data, int offset, int length) {
        for (int at = 0; at < length; at += Long.BYTES) {
            LONGS.set(data, offset + at, (long) LONGS.get(data, offset + at) ^ (long) LONGS.get(tweaks, at));
        }
    }

    /** Wipes what is left of the last unit. */
    void wipe() {
        Arrays.fill(tweaks, (byte) 0);
    }
}
