package org.cofferhsm.hsm.crypto.aes;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
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
import org.jspecify.annotations.Nullable;

/** A mode of AES that enciphers without authenticating (SP 800-38A): what ECB, CBC and CTR have in common. */
abstract class AesMode extends Mechanism {

    private final MechanismType type;
    private final CipherPool ciphers;

    AesMode(MechanismType type, Engine engine, String transformation) {
        this.type = type;
        this.ciphers = new CipherPool(engine, transformation);
    }

    /** The IV; complains by {@code mechanismParameterInvalid}. */
    abstract @Nullable AlgorithmParameterSpec spec(Algorithm algorithm);

    /** What it means when the engine cannot encipher. */
    HsmException unencipherable(GeneralSecurityException cause) {
        return HsmException.dataLengthRange(type + " takes whole blocks of 16 bytes; pad the data")
                .causedBy(cause);
    }

    /** What it means when the engine cannot decipher. */
    HsmException undecipherable(GeneralSecurityException cause) {
        return unencipherable(cause);
    }

    @Override
    public List<MechanismInfo> infos() {
        return List.of(
                new MechanismInfo(type, Set.of(Operation.ENCRYPT, Operation.DECRYPT), Set.of(KeyType.AES), 128, 256));
    }

    @Override
    public final byte[] encrypt(EngineKey key, Algorithm algorithm, byte[] plaintext) {
        AlgorithmParameterSpec spec = spec(algorithm);
        try {
            return ciphers.apply(Cipher.ENCRYPT_MODE, key, spec, plaintext);
        } catch (GeneralSecurityException e) {
            throw unencipherable(e);
        }
    }

    @Override
    public byte[] decrypt(EngineKey key, Algorithm algorithm, byte[] ciphertext) {
        AlgorithmParameterSpec spec = spec(algorithm);
        try {
            return ciphers.apply(Cipher.DECRYPT_MODE, key, spec, ciphertext);
        } catch (GeneralSecurityException e) {
            throw undecipherable(e);
        }
    }

    @Override
    public final CipherStream startEncrypt(EngineKey key, Algorithm algorithm) {
        Cipher cipher = ciphers.start(Cipher.ENCRYPT_MODE, key, spec(algorithm));
        return new AesStream(cipher, this::unencipherable);
    }

    @Override
    public CipherStream startDecrypt(EngineKey key, Algorithm algorithm) {
        Cipher cipher = ciphers.start(Cipher.DECRYPT_MODE, key, spec(algorithm));
        return new AesStream(cipher, this::undecipherable);
    }

    @Override
    public final void forget() {
        ciphers.forget();
    }

    /** The block that CBC and CTR start from. */
    static IvParameterSpec iv(Algorithm algorithm) {
        Octets iv = parameters(algorithm, Parameters.Iv.class).iv();
        if (iv.length() != CipherPool.BLOCK) {
            throw HsmException.mechanismParameterInvalid(
                    "the IV of " + algorithm + " has 16 bytes, not " + iv.length());
        }
        return new IvParameterSpec(iv.toByteArray());
    }

    /** Checks the first block of SP 800-38A's AES-256 example (appendix F) in both directions. */
    final void checkFirstBlock(MechanismInfo mechanism, Algorithm algorithm, String ciphertext) {
        String plaintext = "6bc1bee22e409f96e93d7e117393172a";
        HexFormat hex = HexFormat.of();
        EngineKey key = SecretKeys.owning(
                KeyType.AES, hex.parseHex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"));
        byte[] enciphered = encrypt(key, algorithm, hex.parseHex(plaintext));
        expect(mechanism, ciphertext, Arrays.copyOf(enciphered, CipherPool.BLOCK));
        expect(mechanism, plaintext, decrypt(key, algorithm, enciphered));
    }
}
