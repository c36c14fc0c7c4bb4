package org.cofferhsm.hsm.crypto.aes;

import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.cofferhsm.hsm.crypto.CipherStream;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.crypto.SecretKeys;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.key.SecretBytes;

/**
 * AES in Galois/counter mode, authenticated, for data and for keys: CKM_AES_GCM (SP 800-38D, PKCS#11 v3.1 §6.14).
 *
 * <p>Without an IV of the caller the module makes one of 96 random bits for each message (SP 800-38D §8.2.2: at most 2^32
 * messages under one key) and puts it before the ciphertext. A caller's IV has 1 to 256 bytes and must never repeat under
 * one key; that is the caller's to see to. A message has at most 64 MiB, in one call or in parts, because decryption
 * holds all of it until its tag is checked.
 */
public final class AesGcm extends Mechanism {

    private static final int MAX_IV_BYTES = 256;

    private final GcmCipher gcm;

    public AesGcm(Engine engine) {
        this.gcm = new GcmCipher(engine);
    }

    @Override
    public List<MechanismInfo> infos() {
        return List.of(new MechanismInfo(
                MechanismType.AES_GCM,
                Set.of(Operation.ENCRYPT, Operation.DECRYPT, Operation.WRAP, Operation.UNWRAP),
                Set.of(KeyType.AES),
                128,
                256));
    }

    /** Test case 16 of McGrew and Viega's GCM submission, which SP 800-38D refers to. */
    @Override
    public void selfTest(MechanismInfo mechanism) {
        HexFormat hex = HexFormat.of();
        EngineKey key = SecretKeys.owning(
                KeyType.AES, hex.parseHex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"));
        Algorithm algorithm = Algorithm.aesGcmWithCallerIv(
                Octets.ofHex("cafebabefacedbaddecaf888"),
                Octets.ofHex("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
                128);
        String plaintext = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
        byte[] ciphertext = encrypt(key, algorithm, hex.parseHex(plaintext));
        expect(
                mechanism,
                "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                        + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                        + "76fc6ece0f4e1768cddf8853bb2d551b",
                ciphertext);
        expect(mechanism, plaintext, decrypt(key, algorithm, ciphertext));
    }

    @Override
    public byte[] encrypt(EngineKey key, Algorithm algorithm, byte[] plaintext) {
        Parameters.Gcm parameters = checked(algorithm);
        GcmCipher.requireMessage(plaintext.length);
        return gcm.encrypt(key, parameters, plaintext);
    }

    @Override
    public byte[] decrypt(EngineKey key, Algorithm algorithm, byte[] ciphertext) {
        return gcm.decrypt(key, checked(algorithm), ciphertext);
    }

    @Override
    public CipherStream startEncrypt(EngineKey key, Algorithm algorithm) {
        return gcm.startEncrypt(key, checked(algorithm));
    }

    @Override
    public CipherStream startDecrypt(EngineKey key, Algorithm algorithm) {
        checked(algorithm);
        return new GcmDecryption(ciphertext -> decrypt(key, algorithm, ciphertext));
    }

    @Override
    public byte[] wrap(EngineKey key, Algorithm algorithm, SecretBytes payload) {
        return payload.use(bytes -> encrypt(key, algorithm, bytes));
    }

    @Override
    public SecretBytes unwrap(EngineKey key, Algorithm algorithm, byte[] wrapped) {
        return WrappedKey.open(wrapped, ciphertext -> decrypt(key, algorithm, ciphertext));
    }

    @Override
    public void forget() {
        gcm.forget();
    }

    private static Parameters.Gcm checked(Algorithm algorithm) {
        Parameters.Gcm parameters = parameters(algorithm, Parameters.Gcm.class);
        int tag = parameters.tagBits();
        if (tag < 96 || tag > 128 || tag % 8 != 0) {
            throw HsmException.mechanismParameterInvalid(
                    "an AES-GCM tag has 96, 104, 112, 120 or 128 bits, not " + tag);
        }
        parameters.iv().ifPresent(AesGcm::requireFitting);
        return parameters;
    }

    private static void requireFitting(Octets iv) {
        if (iv.isEmpty() || iv.length() > MAX_IV_BYTES) {
            throw HsmException.mechanismParameterInvalid("an AES-GCM IV has 1 to 256 bytes, not " + iv.length()
                    + "; leave it out for one that the module makes");
        }
    }
}
