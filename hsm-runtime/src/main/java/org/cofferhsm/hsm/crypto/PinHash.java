package org.cofferhsm.hsm.crypto;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import javax.crypto.spec.PBEKeySpec;
import org.cofferhsm.hsm.error.HsmException;

/**
 * What is kept of a PIN: PBKDF2-HMAC-SHA-512 with a 16-byte salt (SP 800-132), then HMAC-SHA-256 under the module's
 * pepper, so that the database alone does not allow guessing. The record names its iterations, so that their number can
 * be raised; {@link #isOutdated} says whose PIN to hash again at its next use.
 *
 * <p>Record: version 1, one byte; iterations, four bytes, big-endian; salt, 16 bytes; peppered hash, 32 bytes.
 */
public final class PinHash {

    /** The iterations of new records: some tens of milliseconds at most, since without the pepper nobody can guess. */
    public static final int ITERATIONS = 20_000;

    private static final byte VERSION = 1;
    private static final int MAX_ITERATIONS = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int PEPPERED_BYTES = 32;

    /** The length of a record. */
    public static final int RECORD_BYTES = 1 + Integer.BYTES + SALT_BYTES + PEPPERED_BYTES;

    private final Engine engine;
    private final MacKey pepper;
    private final int iterations;

    public PinHash(Engine engine, MacKey pepper) {
        this(engine, pepper, ITERATIONS);
    }

    /** With another number of iterations for new records. */
    public PinHash(Engine engine, MacKey pepper, int iterations) {
        requireIterations(iterations);
        this.engine = engine;
        this.pepper = pepper;
        this.iterations = iterations;
    }

    /** The record of a new PIN. The PIN stays the caller's to wipe. */
    public byte[] hash(char[] pin) {
        byte[] salt = engine.randomBytes(SALT_BYTES);
        return ByteBuffer.allocate(RECORD_BYTES)
                .put(VERSION)
                .putInt(iterations)
                .put(salt)
                .put(peppered(pin, salt, iterations))
                .array();
    }

    /** Whether the PIN is the recorded one; the time taken does not depend on how much of it is right. */
    public boolean verify(char[] pin, byte[] record) {
        ByteBuffer in = open(record);
        int recordedIterations = in.getInt();
        requireIterations(recordedIterations);
        byte[] salt = new byte[SALT_BYTES];
        byte[] expected = new byte[PEPPERED_BYTES];
        in.get(salt).get(expected);
        return MessageDigest.isEqual(expected, peppered(pin, salt, recordedIterations));
    }

    /** Whether the record was made with fewer iterations than are made now. */
    public boolean isOutdated(byte[] record) {
        return open(record).getInt() < iterations;
    }

    /** Takes as long as {@link #verify}: for a user that does not exist, so that nobody learns that by the clock. */
    public void pretend(char[] pin) {
        byte[] unused = peppered(pin, new byte[SALT_BYTES], iterations);
        Arrays.fill(unused, (byte) 0);
    }

    private static ByteBuffer open(byte[] record) {
        if (record.length != RECORD_BYTES || record[0] != VERSION) {
            throw HsmException.storeVersionUnsupported(
                    "a user's PIN record is not one that this version of Coffer reads");
        }
        return ByteBuffer.wrap(record, 1, RECORD_BYTES - 1);
    }

    private byte[] peppered(char[] pin, byte[] salt, int rounds) {
        PBEKeySpec spec = new PBEKeySpec(pin, salt, rounds, 512);
        byte[] stretched = new byte[0];
        try {
            stretched = engine.secretKeyFactory("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
            return pepper.mac(stretched);
        } catch (InvalidKeySpecException e) {
            throw HsmException.internal("the engine refused to stretch a PIN").causedBy(e);
        } finally {
            spec.clearPassword();
            Arrays.fill(stretched, (byte) 0);
        }
    }

    private static void requireIterations(int iterations) {
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw HsmException.argumentInvalid(
                    "a PIN is hashed in 1 to " + MAX_ITERATIONS + " iterations, not " + iterations);
        }
    }
}
