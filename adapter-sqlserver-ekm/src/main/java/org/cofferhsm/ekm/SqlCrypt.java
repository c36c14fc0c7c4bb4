package org.cofferhsm.ekm;

import java.util.Optional;
import java.util.Set;
import org.cofferhsm.hsm.key.Octets;

/**
 * The 17 calls of SQL Server's Extensible Key Management, in the order in which its message 33085 counts them and under the
 * names of the exports without {@code SqlCrypt}. Every refusal is an {@link EkmException} and changes nothing.
 *
 * <p>Safe for use by several threads, also with one session.
 */
public interface SqlCrypt {

    /** 1: after the library was loaded; more than once is once. */
    void initializeProvider();

    /** 2: before the library is unloaded: all sessions end. */
    void freeProvider();

    /** 3: a session for a login's credential. */
    EkmSession openSession(Credential credential);

    /** 4: ends a session; calls that run in it finish as if they had come before, whether it aborts or not. */
    void closeSession(EkmSession session, boolean abort);

    /** 5 */
    ProviderInfo providerInfo();

    /** 6: the number after {@code algorithm}, 0 to begin; NOT_FOUND at the end. */
    int nextAlgorithmId(int algorithm);

    /** 7 */
    EkmAlgorithm algorithmInfo(int algorithm);

    /** 8: makes a key under a new name. */
    Thumbprint createKey(EkmSession session, String name, int algorithm, Set<KeyFlag> flags);

    /** 9: a dropped key encrypts nothing more and is not found by name, and still decrypts. */
    void dropKey(EkmSession session, Thumbprint thumbprint);

    /** 10: the key id after {@code keyId}, 0 to begin; NOT_FOUND at the end. A key has the same id in all sessions. */
    int nextKeyId(EkmSession session, int keyId);

    /** 11 */
    EkmKey keyInfoByKeyId(EkmSession session, int keyId);

    /** 12: also of a dropped key. */
    EkmKey keyInfoByThumbprint(EkmSession session, Thumbprint thumbprint);

    /** 13 */
    EkmKey keyInfoByName(EkmSession session, String name);

    /**
     * 14: the public half of an RSA key, as BCRYPT_RSAPUBLIC_BLOB.
     *
     * @param encryptor what SQL Server may name to encrypt the blob; a public half needs none
     */
    byte[] exportKey(EkmSession session, Thumbprint thumbprint, Optional<Thumbprint> encryptor, BlobType type);

    /** 15: NOT_SUPPORTED; SQL Server does not use it. */
    Thumbprint importKey(EkmSession session, ImportRequest request);

    /** 16: {@code iv} is what SQL Server sends as parameter, or empty; decryption needs the same. */
    byte[] encrypt(EkmSession session, Thumbprint thumbprint, Octets iv, byte[] plaintext);

    /** 17: also under a dropped key. */
    byte[] decrypt(EkmSession session, Thumbprint thumbprint, Octets iv, byte[] ciphertext);
}
