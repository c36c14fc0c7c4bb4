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
 * XTS-AES-256 (IEEE 1619, SP 800-38E) of runs of data units; the tweak is the unit's number. The AES is the JDK's, XTS is
 * how it is used (decision 20). For one thread at a time.
 */
final class PageCipher {

    /** Two AES-256 keys: of the data and of the tweak. */
    static final int KEY_BYTES = 64;

    /** What can be encrypted by itself: a block of AES. */
    static final int BLOCK = 16;

    private static final int HALF = KEY_BYTES / 2;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Cipher encryptor;
    private final Cipher decryptor;
    private final Cipher tweaker;
    private final int unitBytes;
    private final byte[] numbers;
    private final byte[] firstTweaks;
    private final long[] tweaks;
    private final byte[] mixed; // the JDK copies what it works on in place

    /**
     * @param key stays the caller's to wipe
     * @param unitBytes the length of a data unit, a multiple of 16
     * @param units of the longest run
     */
    PageCipher(byte[] key, int unitBytes, int units) {
        encryptor = cipher(Cipher.ENCRYPT_MODE, key, 0);
        decryptor = cipher(Cipher.DECRYPT_MODE, key, 0);
        tweaker = cipher(Cipher.ENCRYPT_MODE, key, HALF);
        this.unitBytes = unitBytes;
        numbers = new byte[units * BLOCK];
        firstTweaks = new byte[units * BLOCK];
        tweaks = new long[units * unitBytes / Long.BYTES];
        mixed = new byte[units * unitBytes];
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

    /**
     * Encrypts, in place, the start of the array.
     *
     * @param position where in all the units this lies, a multiple of 16
     * @param length a multiple of 16, at most that of the longest run
     */
    void encrypt(long position, byte[] data, int length) {
        apply(encryptor, position, data, length);
    }

    /** Decrypts, in place, the start of the array; see {@link #encrypt}. */
    void decrypt(long position, byte[] data, int length) {
        apply(decryptor, position, data, length);
    }

    private void apply(Cipher cipher, long position, byte[] data, int length) {
        int skipped = (int) (position % unitBytes);
        int units = (skipped + length + unitBytes - 1) / unitBytes;
        try {
            encryptNumbers(position / unitBytes, units);
            for (int unit = 0; unit < units; unit++) {
                mixUnit(unit, data, skipped, length);
            }
            cipher.update(mixed, 0, length, data, 0);
            unmix(data, length);
        } catch (GeneralSecurityException e) {
            throw HsmException.internal("the JDK's AES failed at " + position).causedBy(e);
        }
    }

    private void encryptNumbers(long first, int units) throws GeneralSecurityException {
        for (int unit = 0; unit < units; unit++) {
            LONGS.set(numbers, unit * BLOCK, first + unit);
        }
        tweaker.update(numbers, 0, units * BLOCK, firstTweaks, 0);
    }

    /** The first tweak is the encrypted number; each further one is the former times x in GF(2^128) (IEEE 1619 §5.2). */
    private void mixUnit(int unit, byte[] data, int skipped, int length) {
        long low = (long) LONGS.get(firstTweaks, unit * BLOCK);
        long high = (long) LONGS.get(firstTweaks, unit * BLOCK + Long.BYTES);
        int end = Math.min(length, (unit + 1) * unitBytes - skipped);
        for (int at = unit * unitBytes - skipped; at < end; at += BLOCK) {
            if (at >= 0) {
                tweaks[at / Long.BYTES] = low;
                tweaks[at / Long.BYTES + 1] = high;
                LONGS.set(mixed, at, (long) LONGS.get(data, at) ^ low);
                LONGS.set(mixed, at + Long.BYTES, (long) LONGS.get(data, at + Long.BYTES) ^ high);
            }
            long carry = high >> 63 & 0x87;
            high = high << 1 | low >>> 63;
            low = low << 1 ^ carry;
        }
    }

    private void unmix(byte[] data, int length) {
        for (int at = 0; at < length; at += Long.BYTES) {
            LONGS.set(data, at, (long) LONGS.get(data, at) ^ tweaks[at / Long.BYTES]);
        }
    }

    /** Wipes what is left of the last run. */
    void wipe() {
        Arrays.fill(firstTweaks, (byte) 0);
        Arrays.fill(tweaks, 0);
        Arrays.fill(mixed, (byte) 0);
    }
}
