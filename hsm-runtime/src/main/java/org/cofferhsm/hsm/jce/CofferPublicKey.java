package org.cofferhsm.hsm.jce;

import java.security.KeyRep;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import javax.security.auth.DestroyFailedException;
import org.cofferhsm.hsm.key.KeyId;
import org.jspecify.annotations.Nullable;

/**
 * A public key of the module with its real encoding, so that other providers can work with it too. Serialized, it
 * becomes an ordinary public key.
 */
non-sealed class CofferPublicKey implements CofferKey, PublicKey {

    private final transient Handle handle;
    private final String algorithm;
    private final SubjectPublicKey encoded;

    CofferPublicKey(Handle handle, String algorithm, SubjectPublicKey encoded) {
        this.handle = handle;
        this.algorithm = algorithm;
        this.encoded = encoded;
    }

    final Handle handle() {
        return handle;
    }

    final SubjectPublicKey subjectPublicKey() {
        return encoded;
    }

    @Override
    public final KeyId keyId() {
        return handle.id();
    }

    @Override
    public final String label() {
        return handle.label();
    }

    @Override
    public final String getAlgorithm() {
        return algorithm;
    }

    /** The parameters that belong to the key's type, or null. */
    public @Nullable AlgorithmParameterSpec getParams() {
        return null;
    }

    @Override
    public final String getFormat() {
        return "X.509";
    }

    /** The SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
    @Override
    public final byte[] getEncoded() {
        return encoded.info();
    }

    /** Destroys a session key; a token key is deleted through its key store. */
    public final void destroy() throws DestroyFailedException {
        handle.destroy();
    }

    protected final Object writeReplace() {
        return new KeyRep(KeyRep.Type.PUBLIC, algorithm, getFormat(), getEncoded());
    }

    /** Equal to any public key with the same encoding. */
    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof PublicKey key && encoded.isEncodedAs(key.getEncoded());
    }

    @Override
    public final int hashCode() {
        return encoded.hashCode();
    }

    @Override
    public final String toString() {
        return "Coffer " + algorithm + " public key " + handle;
    }
}
