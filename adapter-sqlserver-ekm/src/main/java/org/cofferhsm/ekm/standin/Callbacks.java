package org.cofferhsm.ekm.standin;

import org.cofferhsm.ekm.EkmAlgorithm;
import org.cofferhsm.ekm.EkmKey;
import org.cofferhsm.ekm.ProviderInfo;
import org.cofferhsm.ekm.Thumbprint;

/**
 * A loaded provider's 17 functions, with the buffers that each needs already dealt with; what they refuse is a {@link
 * ProviderRefusal}. A session is the number that the provider gave it.
 */
public interface Callbacks extends AutoCloseable {

    void initialize();

    void free();

    long openSession(String name, String secret);

    void closeSession(long session, boolean abort);

    ProviderInfo information();

    int nextAlgorithm(int algorithm);

    EkmAlgorithm algorithm(int id);

    Thumbprint createKey(long session, String name, int algorithm, int flags);

    void dropKey(long session, Thumbprint key);

    int nextKey(long session, int key);

    EkmKey keyById(long session, int key);

    EkmKey keyByThumbprint(long session, Thumbprint key);

    EkmKey keyByName(long session, String name);

    /** A public key as BCRYPT_RSAPUBLIC_BLOB. */
    byte[] exportKey(long session, Thumbprint key);

    void importKey(long session, String name, byte[] blob);

    /** The IV may be empty. */
    byte[] encrypt(long session, Thumbprint key, byte[] iv, byte[] plaintext);

    byte[] decrypt(long session, Thumbprint key, byte[] iv, byte[] ciphertext);

    /** Unloads the library. */
    @Override
    void close();
}
