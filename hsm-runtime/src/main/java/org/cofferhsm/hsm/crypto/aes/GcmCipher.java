package org.cofferhsm.hsm.crypto.aes;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.cofferhsm.hsm.crypto.CipherStream;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.Pool;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;

/** The engine's GCM, with an IV before the ciphertext unless the caller holds it. */
final class GcmCipher {

    /** The IV that the module makes, in bytes (SP 800-38D §5.2.1.1 recommends 96 bits). */
    static final int IV_BYTES = 12;

    private static final int PIECE_BYTES = 4096;

    private final Engine engine;
    private final Pool<Cipher> ciphers;

    GcmCipher(Engine engine) {
        this.engine = engine;
        this.ciphers = new Pool<>(this::fresh);
    }

    /** Ciphertext and tag, after the IV when that is the module's. */
    byte[] encrypt(EngineKey key, Parameters.Gcm parameters, byte[] plaintext) {
        byte[] iv = iv(parameters);
        int start = parameters.iv().isPresent() ? 0 : IV_BYTES;
        byte[] sealed = new byte[start + plaintext.length + parameters.tagBits() / 8];
        System.arraycopy(iv, 0, sealed, 0, start);
        try {
            Cipher cipher = encrypting(ciphers.take(), key, new GCMParameterSpec(parameters.tagBits(), iv));
            addData(cipher, parameters.aad());
            encipher(cipher, plaintext, sealed, start);
            ciphers.give(cipher);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw unexpected(e);
        }
    }

    /**
     * In pieces: the JDK's GCM is fifty times slower until its inner methods have been called often enough to be compiled,
     * which a few calls with megabytes do not bring about.
     */
    private static void encipher(Cipher cipher, byte[] plaintext, byte[] sealed, int start)
            throws GeneralSecurityException {
        int in = 0;
        int out = start;
        while (plaintext.length - in > PIECE_BYTES) {
            out += cipher.update(plaintext, in, PIECE_BYTES, sealed, out);
            in += PIECE_BYTES;
        }
        cipher.doFinal(plaintext, in, plaintext.length - in, sealed, out);
    }

    byte[] decrypt(EngineKey key, Parameters.Gcm parameters, byte[] sealed) {
        int start = parameters.iv().isPresent() ? 0 : IV_BYTES;
        requireLength(sealed.length, start + parameters.tagBits() / 8);
        GCMParameterSpec spec = parameters.iv().isPresent()
                ? new GCMParameterSpec(
                        parameters.tagBits(), parameters.iv().get().toByteArray())
                : new GCMParameterSpec(parameters.tagBits(), sealed, 0, IV_BYTES);
        Cipher cipher = ciphers.take();
        try {
            cipher.init(Cipher.DECRYPT_MODE, key.jca(), spec);
            addData(cipher, parameters.aad());
            byte[] plaintext = cipher.doFinal(sealed, start, sealed.length - start);
            ciphers.give(cipher);
            return plaintext;
        } catch (GeneralSecurityException e) {
            throw HsmException.encryptedDataInvalid(
                            "the ciphertext, its tag, its IV or the additional data was altered,"
                                    + " or it was not made under this key")
                    .causedBy(e);
        }
    }

    CipherStream startEncrypt(EngineKey key, Parameters.Gcm parameters) {
        byte[] iv = iv(parameters);
        try {
            Cipher cipher = encrypting(fresh(), key, new GCMParameterSpec(parameters.tagBits(), iv));
            addData(cipher, parameters.aad());
            return new GcmEncryption(cipher, parameters.iv().isPresent() ? new byte[0] : iv);
        } catch (GeneralSecurityException e) {
            throw unexpected(e);
        }
    }

    void forget() {
        ciphers.forget();
    }

    private byte[] iv(Parameters.Gcm parameters) {
        return parameters.iv().isPresent() ? parameters.iv().get().toByteArray() : engine.randomBytes(IV_BYTES);
    }

    /** A used cipher refuses the IV that it was last given under that key; whether one may repeat is the caller's to say. */
    private Cipher encrypting(Cipher cipher, EngineKey key, GCMParameterSpec spec) throws GeneralSecurityException {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key.jca(), spec);
            return cipher;
        } catch (InvalidAlgorithmParameterException e) {
            Cipher unused = fresh();
            unused.init(Cipher.ENCRYPT_MODE, key.jca(), spec);
            return unused;
        }
    }

    private Cipher fresh() {
        return engine.cipher("AES/GCM/NoPadding");
    }

    private static void addData(Cipher cipher, Octets aad) {
        if (!aad.isEmpty()) {
            cipher.updateAAD(aad.toByteArray());
        }
    }

    private static void requireLength(int length, int least) {
        if (length < least) {
            throw HsmException.encryptedDataInvalid(
                    "an AES-GCM ciphertext with these parameters has at least " + least + " bytes, not " + length);
        }
        requireMessage(length - least);
    }

    /** Complains by {@code dataLengthRange} when a message, without IV and tag, is too long. */
    static void requireMessage(long bytes) {
        if (bytes > CipherPool.MAX_BYTES) {
            throw HsmException.dataLengthRange("an AES-GCM message has at most " + CipherPool.MAX_BYTES
                    + " bytes, for decryption holds all of it until the tag is checked; divide the data");
        }
    }

    static HsmException unexpected(GeneralSecurityException cause) {
        return HsmException.internal("the engine refused a checked AES-GCM encryption")
                .causedBy(cause);
    }
}
