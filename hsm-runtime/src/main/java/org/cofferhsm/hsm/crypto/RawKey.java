package org.cofferhsm.hsm.crypto;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * A secret key that can be wiped, which the JDK's {@code SecretKeySpec} cannot. Engines take a copy of its bytes for each
 * initialisation. Equality is identity and nothing of the value shows.
 */
final class RawKey implements SecretKey {

    private static final long serialVersionUID = 1L;

    private final String algorithm;
    private final transient byte[] value;
    private volatile boolean destroyed;

    /** Takes over {@code value}. */
    RawKey(String algorithm, byte[] value) {
        this.algorithm = algorithm;
        this.value = value;
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    /** A copy. One that was taken while another thread wiped the key may be zeros in part, and is never given out. */
    @Override
    public byte[] getEncoded() {
        byte[] copy = value.clone();
        VarHandle.loadLoadFence();
        if (destroyed) {
            Arrays.fill(copy, (byte) 0);
            throw new IllegalStateException("the key was wiped");
        }
        return copy;
    }

    @Override
    public void destroy() {
        destroyed = true;
        VarHandle.storeStoreFence(); // who sees a wiped byte sees this, too
        Arrays.fill(value, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a key is never serialized");
    }

    @Override
    public String toString() {
        return algorithm + " key";
    }
}
