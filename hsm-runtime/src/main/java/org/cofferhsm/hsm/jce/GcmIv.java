package org.cofferhsm.hsm.jce;

import java.security.InvalidAlgorithmParameterException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.GCMParameterSpec;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.session.CipherOperation;
import org.jspecify.annotations.Nullable;

/**
 * The IV of one AES-GCM encryption or decryption, and whether it may be used.
 *
 * <p>The JCA has the caller choose it, so a caller's IV is accepted, twice in a row under one key it is not. Without one
 * the module's random generator makes it, and {@code getIV} tells it at once. A key with {@code caller-iv=false}, or
 * one that wraps, takes no IV at all: the module makes it inside the encryption, and {@code getIV} tells it afterwards, null before.
 */
final class GcmIv {

    private static final int IV_BYTES = 12;
    private static final int LONGEST_IV_BYTES = 256;
    private static final int TAG_BITS = 128;
    private static final Set<Integer> TAGS_BITS = Set.of(96, 104, 112, 120, TAG_BITS);

    private final Handle key;
    private final int tagBits;
    private byte @Nullable [] iv;
    private final boolean madeInside;
    private boolean used;

    private GcmIv(Handle key, byte @Nullable [] iv, int tagBits) {
        this.key = key;
        this.iv = iv;
        this.tagBits = tagBits;
        this.madeInside = iv == null;
    }

    static GcmIv toProtect(Handle key, @Nullable AlgorithmParameterSpec parameters, @Nullable GcmIv before)
            throws InvalidAlgorithmParameterException {
        if (parameters == null) {
            return made(key);
        }
        GcmIv given = given(key, parameters);
        if (before != null && before.key.equals(key) && Arrays.equals(before.iv, given.iv)) {
            throw new InvalidAlgorithmParameterException("the IV was just used with this key; AES-GCM is broken by"
                    + " an IV that repeats. Leave it out and the module makes one");
        }
        return given;
    }

    static GcmIv toOpen(Handle key, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidAlgorithmParameterException {
        if (parameters == null) {
            throw new InvalidAlgorithmParameterException("decryption needs the IV of the encryption");
        }
        return given(key, parameters);
    }

    private static GcmIv made(Handle key) {
        Attributes attributes = key.session().describe(key.id()).attributes();
        boolean here = attributes.is(Attribute.ENCRYPT)
                && attributes.find(Attribute.CALLER_IV).orElse(true);
        return new GcmIv(key, here ? key.session().random(IV_BYTES) : null, TAG_BITS);
    }

    private static GcmIv given(Handle key, AlgorithmParameterSpec parameters)
            throws InvalidAlgorithmParameterException {
        if (!(parameters instanceof GCMParameterSpec spec)) {
            throw new InvalidAlgorithmParameterException("AES-GCM takes a GCMParameterSpec");
        }
        return given(key, spec.getIV(), spec.getTLen());
    }

    /** The module would refuse them too, but only when the encryption begins, which is after {@code init}. */
    private static GcmIv given(Handle key, byte[] iv, int tagBits) throws InvalidAlgorithmParameterException {
        if (!TAGS_BITS.contains(tagBits)) {
            throw new InvalidAlgorithmParameterException(
                    "an AES-GCM tag has 96, 104, 112, 120 or 128 bits, not " + tagBits);
        }
        if (iv.length == 0 || iv.length > LONGEST_IV_BYTES) {
            throw new InvalidAlgorithmParameterException("an AES-GCM IV has 1 to 256 bytes, not " + iv.length);
        }
        return new GcmIv(key, iv, tagBits);
    }

    Algorithm algorithm(Octets aad) {
        Optional<Octets> given =
                madeInside ? Optional.empty() : Optional.ofNullable(iv).map(Octets::of);
        return new Algorithm(MechanismType.AES_GCM, new Parameters.Gcm(given, aad, tagBits));
    }

    /** Complains when this IV has encrypted already. */
    void requireFresh() {
        if (used) {
            throw new IllegalStateException("an IV encrypts once; call init before encrypting again");
        }
    }

    void use() {
        used = true;
    }

    /** Reads the IV off the front of an encryption's output when the module makes it there. */
    CipherOperation reading(CipherOperation encryption) {
        return madeInside ? new IvInFront(encryption, IV_BYTES, made -> iv = made) : encryption;
    }

    /** The same for an output in one piece. */
    byte[] taking(byte[] output) {
        if (!madeInside) {
            return output;
        }
        iv = Arrays.copyOf(output, IV_BYTES);
        return Arrays.copyOfRange(output, IV_BYTES, output.length);
    }

    int tagBytes() {
        return tagBits / 8;
    }

    byte @Nullable [] bytes() {
        return iv == null ? null : iv.clone();
    }

    @Nullable
    AlgorithmParameterSpec spec() {
        return iv == null ? null : new GCMParameterSpec(tagBits, iv);
    }
}
