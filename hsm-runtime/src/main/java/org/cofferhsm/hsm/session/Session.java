package org.cofferhsm.hsm.session;

import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Encapsulated;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyPairIds;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.user.UserInfo;

/**
 * What a logged-in user may do. Every call is decided by the policy, done, and recorded in the audit log before its
 * result is released; every refusal is an {@link HsmException} and changes nothing.
 *
 * <p>Safe for use by several threads at once; a multi-part operation belongs to one thread at a time. Closing the
 * session destroys its session objects.
 */
public interface Session extends AutoCloseable {

    /** Who is logged in. */
    UserInfo user();

    /** The users of the module, as far as this user may see and change them. */
    Users users();

    /** The audit log, for those who may read it. */
    AuditTrail auditTrail();

    /**
     * Adds a note about this user's own work to the audit log: what was signed, for whom, why. The log records it under
     * {@code note:SUBJECT} with the result {@value #NOTED}, so that it is never taken for a record of the module's own.
     * For crypto users.
     *
     * @param subject whose note it is: 1 to 32 lower-case letters, digits and dashes
     * @param text 1 to {@value #LONGEST_NOTE} characters, none of them a control character; never a secret
     */
    void note(String subject, String text);

    /** The result that the audit log gives for a note; the module's own records have other ones. */
    String NOTED = "NOTED";

    /** The most characters of a note. */
    int LONGEST_NOTE = 1000;

    // Objects

    /** Makes a secret key. */
    KeyId generate(KeyTemplate template);

    /** Makes a key pair and checks that its halves fit together. */
    KeyPairIds generate(KeyPairTemplate template);

    /**
     * Stores an object whose value is no secret: a public key (X.509 SubjectPublicKeyInfo), a certificate (X.509) or
     * data.
     *
     * @param attributes the class and whatever the value does not tell by itself
     */
    KeyId create(Attributes attributes, byte[] value);

    /** Copies an object; the copy's attributes may only be stricter. */
    KeyId copy(KeyId object, Attributes changes);

    /** Destroys an object. */
    void destroy(KeyId object);

    /** The attributes of an object. */
    ObjectInfo describe(KeyId object);

    /** Changes attributes, all or none. */
    void change(KeyId object, Attributes changes);

    /** The objects that this user may see and that have all of these attributes. */
    Matches find(Attributes filter);

    /** The objects that this user may see under this label. */
    Matches find(String label);

    /**
     * The value of an object in the clear: a public key (X.509), a certificate, data; a secret key's bytes or a private
     * key's PKCS#8 only when the key is neither sensitive nor unextractable.
     */
    byte[] value(KeyId object);

    /** Lets other crypto users use a key without owning it. */
    void share(KeyId key, String userName);

    /** Takes that back. */
    void unshare(KeyId key, String userName);

    // Use, in one call

    byte[] encrypt(KeyId key, Algorithm algorithm, byte[] plaintext);

    byte[] decrypt(KeyId key, Algorithm algorithm, byte[] ciphertext);

    byte[] sign(KeyId key, Algorithm algorithm, byte[] data);

    /** Whether the signature is authentic. */
    boolean verify(KeyId key, Algorithm algorithm, byte[] data, byte[] signature);

    /** The key {@code payload}, encrypted under {@code wrappingKey}: private keys as PKCS#8, secret keys as their bytes. */
    byte[] wrap(KeyId wrappingKey, KeyId payload, Algorithm algorithm);

    /** Stores the key that {@code wrapped} holds. */
    KeyId unwrap(KeyId unwrappingKey, byte[] wrapped, Algorithm algorithm, KeyTemplate template);

    /** Makes a key from another. */
    KeyId derive(KeyId baseKey, Algorithm algorithm, KeyTemplate template);

    /** Makes a shared secret for the holder of the private key (ML-KEM). */
    Encapsulated encapsulate(KeyId publicKey, Algorithm algorithm, KeyTemplate template);

    /** Recovers the shared secret from the other side's ciphertext (ML-KEM). */
    KeyId decapsulate(KeyId privateKey, Algorithm algorithm, byte[] ciphertext, KeyTemplate template);

    byte[] digest(Algorithm algorithm, byte[] data);

    /** Bytes of the module's random generator, 1 to 1,048,576. */
    byte[] random(int bytes);

    // Use, in parts

    CipherOperation startEncrypt(KeyId key, Algorithm algorithm);

    CipherOperation startDecrypt(KeyId key, Algorithm algorithm);

    SignOperation startSign(KeyId key, Algorithm algorithm);

    VerifyOperation startVerify(KeyId key, Algorithm algorithm);

    DigestOperation startDigest(Algorithm algorithm);

    /** Ends the session and destroys its session objects. */
    @Override
    void close();
}
