package org.cofferhsm.hsm.crypto.aes;

import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.cofferhsm.hsm.error.HsmException;

/** The engine's AES as a block cipher for Bouncy Castle's constructions, keyed before it is passed on. */
final class AesBlock implements BlockCipher {

    private final Cipher cipher;

    /** Over AES/ECB/NoPadding, initialised for encryption. */
    AesBlock(Cipher cipher) {
        this.cipher = cipher;
    }

    /** Does nothing: the cipher was keyed before. */
    @Override
    public void init(boolean forEncryption, CipherParameters parameters) {}

    @Override
    public String getAlgorithmName() {
        return "AES";
    }

    @Override
    public int getBlockSize() {
        return CipherPool.BLOCK;
    }

    @Override
    public int processBlock(byte[] in, int inOffset, byte[] out, int outOffset) {
        try {
            return cipher.update(in, inOffset, CipherPool.BLOCK, out, outOffset);
        } catch (ShortBufferException e) {
            throw HsmException.internal("a block of AES has no room").causedBy(e);
        }
    }

    @Override
    public void reset() {} // ECB holds nothing between blocks
}
