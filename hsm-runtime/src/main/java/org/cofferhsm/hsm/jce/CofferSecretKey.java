package org.cofferhsm.hsm.jce;

import java.io.NotSerializableException;
import javax.crypto.SecretKey;
import javax.security.auth.DestroyFailedException;
import org.cofferhsm.hsm.key.KeyId;
import org.jspecify.annotations.Nullable;

/** The handle of a secret key. */
final class CofferSecretKey implements CofferKey, SecretKey {

    private final transient Handle handle;
    private final String algorithm;

    CofferSecretKey(Handle handle, String algorithm) {
        this.handle = handle;
        this.algorithm = algorithm;
    }

    Handle handle() {
        return handle;
    }

    @Override
    public KeyId keyId() {
        return handle.id();
    }

    @Override
    public String label() {
        return handle.label();
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public @Nullable String getFormat() {
        return null;
    }

    @Override
    public byte @Nullable [] getEncoded() {
        return null;
    }

    /** Destroys a session key; a token key is deleted through its key store. */
    @Override
    public void destroy() throws DestroyFailedException {
        handle.destroy();
    }

    private Object writeReplace() throws NotSerializableException {
        throw new NotSerializableException("the secret key " + handle + " stays in the module");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CofferSecretKey key && handle.equals(key.handle);
    }

    @Override
    public int hashCode() {
        return handle.hashCode();
    }

    @Override
    public String toString() {
        return "Coffer " + algorithm + " key " + handle;
    }
}
