package org.cofferhsm.hsm.jce;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.ProviderException;
import java.util.Arrays;
import org.cofferhsm.hsm.der.Der;
import org.cofferhsm.hsm.der.DerInput;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.jspecify.annotations.Nullable;

/** A public key as certificates carry it: SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
final class SubjectPublicKey implements Serializable {

    private final byte[] info;
    private final byte[] bits;

    private SubjectPublicKey(byte[] info, byte[] bits) {
        this.info = info;
        this.bits = bits;
    }

    static SubjectPublicKey of(byte[] info) {
        ByteBuffer outer = DerInput.read(ByteBuffer.wrap(info), Der.SEQUENCE);
        DerInput.read(outer, Der.SEQUENCE);
        byte[] bitString = DerInput.bytes(DerInput.read(outer, Der.BIT_STRING));
        if (bitString.length < 2) {
            throw HsmException.dataInvalid("the public key is empty");
        }
        // The first byte counts the unused bits at the end; no public key has any.
        return new SubjectPublicKey(info.clone(), Arrays.copyOfRange(bitString, 1, bitString.length));
    }

    /** The whole structure. */
    byte[] info() {
        return info.clone();
    }

    /** The key inside the structure. */
    byte[] bits() {
        return bits.clone();
    }

    boolean isEncodedAs(byte @Nullable [] other) {
        return other != null && MessageDigest.isEqual(info, other);
    }

    /**
     * The id that a key pair and its certificate share: the SHA-1 of the key's bits (RFC 5280 §4.2.1.2, method 1),
     * which is also what certificates name their subject key by.
     */
    Octets identifier() {
        try {
            return Octets.of(MessageDigest.getInstance("SHA-1").digest(bits));
        } catch (GeneralSecurityException e) {
            throw new ProviderException("every Java platform has SHA-1", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SubjectPublicKey key && Arrays.equals(info, key.info);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(info);
    }
}
