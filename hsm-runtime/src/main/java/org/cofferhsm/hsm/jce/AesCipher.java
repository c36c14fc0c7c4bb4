package org.cofferhsm.hsm.jce;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.function.Supplier;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.session.CipherOperation;
import org.jspecify.annotations.Nullable;

/** AES in ECB, CBC and CTR mode (SP 800-38A). Encryption without an IV makes one; {@code getIV} tells it. */
final class AesCipher extends BulkCipher {

    private final AesMode mode;
    private boolean encrypts;
    private byte[] iv = {};
    private @Nullable Handle key;

    AesCipher(AesMode mode) {
        super(new ParameterForm("AES", IvParameterSpec.class));
        this.mode = mode;
    }

    @Override
    void init(int opmode, Handle newKey, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (opmode != Cipher.ENCRYPT_MODE && opmode != Cipher.DECRYPT_MODE) {
            throw new UnsupportedOperationException(
                    "keys are wrapped by AESWrap, AESWrapPad or AES/GCM/NoPadding, not by this mode of AES");
        }
        abandon();
        key = null;
        boolean encrypting = opmode == Cipher.ENCRYPT_MODE;
        byte[] newIv = iv(encrypting, newKey, parameters);
        encrypts = encrypting;
        iv = newIv;
        key = newKey;
        Failures.atInit(this::begin);
    }

    private byte[] iv(boolean encrypting, Handle newKey, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidAlgorithmParameterException {
        if (parameters == null) {
            return mode.takesIv() ? madeIv(encrypting, newKey) : new byte[0];
        }
        if (!mode.takesIv() || !(parameters instanceof IvParameterSpec spec)) {
            throw new InvalidAlgorithmParameterException(
                    mode.takesIv() ? "the cipher takes an IvParameterSpec" : "ECB takes no parameters");
        }
        if (spec.getIV().length != AesMode.BLOCK) {
            throw new InvalidAlgorithmParameterException("the IV has 16 bytes, not " + spec.getIV().length);
        }
        return spec.getIV();
    }

    private static byte[] madeIv(boolean encrypting, Handle newKey) throws InvalidAlgorithmParameterException {
        if (!encrypting) {
            throw new InvalidAlgorithmParameterException("decryption needs the IV of the encryption");
        }
        return Failures.unchecked(() -> newKey.session().random(AesMode.BLOCK));
    }

    @Override
    CipherOperation start() {
        Handle current = key;
        if (current == null) {
            throw new IllegalStateException("the cipher has no key yet");
        }
        Algorithm algorithm = mode.algorithm(iv);
        CipherOperation plain = encrypts
                ? current.session().startEncrypt(current.id(), algorithm)
                : current.session().startDecrypt(current.id(), algorithm);
        if (mode != AesMode.ECB_PAD) {
            return plain;
        }
        return encrypts ? new PaddedEncryption(plain) : new PaddedDecryption(plain);
    }

    @Override
    byte[] ending(Supplier<byte[]> finish) throws IllegalBlockSizeException, BadPaddingException {
        return Failures.ciphering(finish);
    }

    @Override
    int readyOf(int length) {
        if (!mode.isOfBlocks()) {
            return length;
        }
        // The last block of a padded ciphertext may be the padding, so it stays inside.
        int blocks = mode.pads() && !encrypts ? (length - 1) / AesMode.BLOCK : length / AesMode.BLOCK;
        return blocks * AesMode.BLOCK;
    }

    @Override
    int outputFor(int length) {
        return mode.pads() && encrypts ? (length / AesMode.BLOCK + 1) * AesMode.BLOCK : length;
    }

    @Override
    @Nullable
    AlgorithmParameterSpec parameters() {
        return mode.takesIv() && iv.length > 0 ? new IvParameterSpec(iv) : null;
    }

    @Override
    protected byte @Nullable [] engineGetIV() {
        return mode.takesIv() && iv.length > 0 ? iv.clone() : null;
    }
}
