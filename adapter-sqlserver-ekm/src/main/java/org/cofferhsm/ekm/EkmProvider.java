package org.cofferhsm.ekm;

import java.nio.ByteBuffer;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;

/**
 * What SQL Server asks of a cryptographic provider, for one login's credential: keys by name and thumbprint, encryption
 * and decryption.
 *
 * <p>RSA keys encrypt by RSAES-OAEP with SHA-256 and MGF1 of SHA-256 (RFC 8017 §7.1). AES keys encrypt by AES-GCM: the
 * byte 1, then the module's 12-byte IV, the ciphertext and the 16-byte tag; thumbprint and SQL Server's own IV, when it
 * sends one, are additional authenticated data. So an altered ciphertext is refused under every algorithm.
 */
public final class EkmProvider {

    private static final byte AES_FORMAT = 1;
    private static final int NAME_CHARACTERS = 256;

    private final Session session;
    private final EkmKeys keys;
    private final KnownKeys known;
    private final KeyIds ids;

    public EkmProvider(Session session) {
        this(session, Clock.systemUTC());
    }

    EkmProvider(Session session, Clock clock) {
        this.session = session;
        this.keys = new EkmKeys(session, clock);
        this.known = new KnownKeys(keys);
        this.ids = new KeyIds(keys);
    }

    /** The algorithms that keys can be created for. */
    public List<EkmAlgorithm> algorithms() {
        return List.of(EkmAlgorithm.values());
    }

    /** Makes a key under a new name: {@code CREATION_DISPOSITION = CREATE_NEW}. */
    public EkmKey create(String name, EkmAlgorithm algorithm) {
        requireName(name);
        if (isTaken(name)) {
            throw HsmException.attributeValueInvalid(taken(name));
        }
        if (algorithm.isAsymmetric()) {
            keys.createAsymmetric(name, algorithm);
        } else {
            keys.createSymmetric(name, algorithm);
        }
        return open(name);
    }

    /** Whether a key of that name is there, be it a dropped one. */
    boolean isTaken(String name) {
        return !keys.named(name).isEmpty();
    }

    static String taken(String name) {
        return "a key is already called \"" + name + "\"; choose another PROVIDER_KEY_NAME, or open that key by"
                + " OPEN_EXISTING unless it was dropped";
    }

    private static void requireName(String name) {
        if (name.isBlank() || name.length() > NAME_CHARACTERS) {
            throw HsmException.argumentInvalid("a key's name has 1 to " + NAME_CHARACTERS + " characters");
        }
    }

    /** The key of that name: {@code CREATION_DISPOSITION = OPEN_EXISTING}. */
    public EkmKey open(String name) {
        List<ObjectInfo> alive =
                keys.named(name).stream().filter(key -> !keys.isDropped(key)).toList();
        return keys.describe(keys.one(alive, "the name \"" + name + "\""));
    }

    /** The key of that thumbprint, dropped or not. */
    public EkmKey open(Thumbprint thumbprint) {
        return keys.describe(keys.withThumbprint(thumbprint));
    }

    /** The key of that id, dropped or not. */
    EkmKey open(int keyId) {
        return keys.describe(keys.withKeyId(keyId));
    }

    /** The id of the key after that one, the first after 0; empty at the end. */
    OptionalInt keyIdAfter(int keyId) {
        return ids.after(keyId);
    }

    /** Complains by NOT_PERMITTED when the credential is there to use the keys that somebody else shares with it. */
    void requireCreator() {
        if (keys.onlyUsesOthers()) {
            throw EkmStatus.NOT_PERMITTED.because("user \"" + session.user().name()
                    + "\" uses keys that are shared with it and owns none, so it makes none either; create keys with the"
                    + " credential of their owner, or give this user its first key by coffer ekm keys create");
        }
    }

    /** Whether encryption was refused because the key was dropped. */
    boolean isEnded(HsmException refusal, Thumbprint thumbprint) {
        return refusal.reason() == Reason.KEY_NOT_VALID_NOW && keys.isDropped(keys.withThumbprint(thumbprint));
    }

    /** The keys of this credential that were not dropped. */
    public List<EkmKey> keys() {
        return keys.all()
                .filter(key -> !keys.isDropped(key))
                .map(keys::describe)
                .toList();
    }

    /** All keys of this credential, dropped ones too, with what SQL Server is not told of them. */
    public List<ListedKey> listing() {
        return keys.all()
                .map(key -> new ListedKey(
                        keys.describe(key),
                        key.attributes().find(Attribute.OWNER).orElse(""),
                        keys.isDropped(key)))
                .toList();
    }

    /** The public half of an RSA key. */
    public RSAPublicKey publicKey(Thumbprint thumbprint) {
        ObjectInfo key = keys.withThumbprint(thumbprint);
        if (!keys.describe(key).algorithm().isAsymmetric()) {
            throw HsmException.keyTypeInconsistent(
                    "the key \"" + key.label() + "\" is symmetric; nothing of it leaves");
        }
        return RsaPublicKeys.of(key.attributes());
    }

    /**
     * Encrypts one value.
     *
     * @param iv what SQL Server sends as parameter, or {@link Octets#EMPTY}; decryption needs the same
     */
    public byte[] encrypt(Thumbprint thumbprint, Octets iv, byte[] plaintext) {
        return known.use(thumbprint, key -> {
            requireIv(key.algorithm(), iv);
            return key.algorithm().isAsymmetric()
                    ? session.encrypt(known.encrypting(thumbprint, key), Algorithm.RSA_OAEP_SHA256, plaintext)
                    : framed(session.encrypt(key.key().id(), gcm(key, thumbprint, iv), plaintext));
        });
    }

    private static byte[] framed(byte[] sealed) {
        return ByteBuffer.allocate(1 + sealed.length)
                .put(AES_FORMAT)
                .put(sealed)
                .array();
    }

    /** Decrypts what {@link #encrypt} gave, also under a dropped key. */
    public byte[] decrypt(Thumbprint thumbprint, Octets iv, byte[] ciphertext) {
        return known.use(thumbprint, key -> {
            requireIv(key.algorithm(), iv);
            return key.algorithm().isAsymmetric()
                    ? session.decrypt(key.key().id(), Algorithm.RSA_OAEP_SHA256, ciphertext)
                    : session.decrypt(key.key().id(), gcm(key, thumbprint, iv), unframed(ciphertext));
        });
    }

    private static byte[] unframed(byte[] ciphertext) {
        if (ciphertext.length == 0 || ciphertext[0] != AES_FORMAT) {
            throw HsmException.encryptedDataInvalid(
                    "this is not a ciphertext of the provider's AES keys: it does not begin with " + AES_FORMAT);
        }
        return Arrays.copyOfRange(ciphertext, 1, ciphertext.length);
    }

    private static void requireIv(EkmAlgorithm algorithm, Octets iv) {
        if (!iv.isEmpty() && iv.length() * Byte.SIZE != algorithm.ivBits()) {
            throw HsmException.mechanismParameterInvalid(algorithm + " takes no IV or one of " + algorithm.ivBits()
                    + " bits, not " + iv.length() + " bytes");
        }
    }

    /** The same object for all calls without an IV: the module digests the parameters of each use, and remembers the last. */
    private static Algorithm gcm(KnownKeys.Known key, Thumbprint thumbprint, Octets iv) {
        return iv.isEmpty() ? key.gcm() : gcm(thumbprint, iv);
    }

    static Algorithm gcm(Thumbprint thumbprint, Octets iv) {
        return Algorithm.aesGcm(Octets.of(ByteBuffer.allocate(1 + Thumbprint.LENGTH + iv.length())
                .put(AES_FORMAT)
                .put(thumbprint.bytes().toByteArray())
                .put(iv.toByteArray())
                .array()));
    }

    /**
     * Drops a key softly, since backups may need it: its name is not opened again and nothing more is encrypted under
     * it, but its thumbprint still decrypts.
     */
    public void drop(Thumbprint thumbprint) {
        keys.deactivate(keys.withThumbprint(thumbprint));
    }
}
