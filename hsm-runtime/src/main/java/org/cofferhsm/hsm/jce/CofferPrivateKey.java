package org.cofferhsm.hsm.jce;

import java.io.NotSerializableException;
import java.security.PrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import javax.security.auth.DestroyFailedException;
import org.cofferhsm.hsm.key.KeyId;
import org.jspecify.annotations.Nullable;

/** The handle of a private key. It is no secret and cannot be written anywhere. */
non-sealed class CofferPrivateKey implements CofferKey, PrivateKey {

    private final transient Handle handle;
    private final String algorithm;

    CofferPrivateKey(Handle handle, String algorithm) {
        this.handle = handle;
        this.algorithm = algorithm;
    }

    final Handle handle() {
        return handle;
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

    /**
     * The parameters that belong to the key's type, or null. Declared here since JDK 22 inherits one default from
     * {@code AsymmetricKey} and another from {@code RSAKey}, and then refuses to call either.
     */
    public @Nullable AlgorithmParameterSpec getParams() {
        return null;
    }

    /** Null: Tomcat, among others, takes a key with a format for one it may copy. */
    @Override
    public final @Nullable String getFormat() {
        return null;
    }

    @Override
    public final byte @Nullable [] getEncoded() {
        return null;
    }

    /** Destroys a session key; a token key is deleted through its key store. */
    @Override
    public final void destroy() throws DestroyFailedException {
        handle.destroy();
    }

    /** Refuses serialization of this class and of those that extend it. */
    protected final Object writeReplace() throws NotSerializableException {
        throw new NotSerializableException("the private key " + handle + " stays in the module");
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof CofferPrivateKey key && handle.equals(key.handle);
    }

    @Override
    public final int hashCode() {
        return handle.hashCode();
    }

    @Override
    public final String toString() {
        return "Coffer " + algorithm + " private key " + handle;
    }
}
