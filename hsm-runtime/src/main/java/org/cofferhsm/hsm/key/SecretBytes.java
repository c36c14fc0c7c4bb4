package org.cofferhsm.hsm.key;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Secret bytes that are lent, not given: {@link #use} passes them to a function, {@link #close} wipes them.
 *
 * <p>Neither {@code toString} nor {@code hashCode} depend on the content; {@code equals} is identity, and
 * {@link #sameAs} compares in constant time. Copies that a borrower makes are the borrower's to wipe.
 */
public final class SecretBytes implements AutoCloseable {

    private final byte[] bytes;
    private volatile boolean closed;

    private SecretBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes over {@code bytes}: the caller must not use the array again. */
    public static SecretBytes owning(byte[] bytes) {
        return new SecretBytes(bytes);
    }

    /** A copy of {@code bytes}; wiping the original stays with the caller. */
    public static SecretBytes copyOf(byte[] bytes) {
        return new SecretBytes(bytes.clone());
    }

    /** Lends the bytes for the time of one call. */
    public <T> T use(Function<byte[], T> borrower) {
        if (closed) {
            throw new IllegalStateException("the secret was wiped");
        }
        return borrower.apply(bytes);
    }

    /** The number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** Whether both hold the same bytes, compared in constant time. */
    public boolean sameAs(SecretBytes other) {
        return use(mine -> other.use(theirs -> MessageDigest.isEqual(mine, theirs)));
    }

    /** Wipes the bytes. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "SecretBytes[" + bytes.length + " bytes]";
    }
}
