package org.cofferhsm.hsm.crypto;

import java.security.Key;
import javax.security.auth.DestroyFailedException;
import javax.security.auth.Destroyable;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;

/** A parsed key in the form the engine works with; kept in a cache because parsing costs as much as using. */
public final class EngineKey {

    private final ObjectClass objectClass;
    private final KeyType type;
    private final int bits;
    private final Key jca;

    /**
     * The key in an engine's form.
     *
     * @param bits the size of the secret, the modulus or the field in bits; of an ML-* key, that of its public key
     */
    public EngineKey(ObjectClass objectClass, KeyType type, int bits, Key jca) {
        this.objectClass = objectClass;
        this.type = type;
        this.bits = bits;
        this.jca = jca;
    }

    public ObjectClass objectClass() {
        return objectClass;
    }

    public KeyType type() {
        return type;
    }

    /** The size in bits: of the secret, the modulus or the field. */
    public int bits() {
        return bits;
    }

    /** The key as the JCA knows it; only mechanisms look at it. */
    public Key jca() {
        return jca;
    }

    /** Wipes the key; says whether the engine could, since most JDK keys cannot be wiped. */
    public boolean destroy() {
        if (!(jca instanceof Destroyable secret)) {
            return false;
        }
        try {
            secret.destroy();
        } catch (DestroyFailedException e) {
            return false; // the collector has to do it: the documented limit of keys on the heap
        }
        return true;
    }

    /** Class, type and size; never the key. */
    @Override
    public String toString() {
        return type + " " + objectClass + " of " + bits + " bits";
    }
}
