package org.cofferhsm.hsm.jce;

import java.util.Arrays;
import org.cofferhsm.hsm.session.CipherOperation;

/** Adds PKCS#7's padding (RFC 5652 §6.3) to an encryption that takes whole blocks. */
final class PaddedEncryption implements CipherOperation {

    private final CipherOperation blocks;
    private int inLastBlock;

    PaddedEncryption(CipherOperation blocks) {
        this.blocks = blocks;
    }

    @Override
    public byte[] update(byte[] data, int offset, int length) {
        inLastBlock = (inLastBlock + length) % AesMode.BLOCK;
        return blocks.update(data, offset, length);
    }

    @Override
    public byte[] finish() {
        int missing = AesMode.BLOCK - inLastBlock;
        byte[] padding = new byte[missing];
        Arrays.fill(padding, (byte) missing);
        byte[] block = blocks.update(padding, 0, missing);
        byte[] rest = blocks.finish();
        byte[] all = Arrays.copyOf(block, block.length + rest.length);
        System.arraycopy(rest, 0, all, block.length, rest.length);
        return all;
    }

    @Override
    public void close() {
        blocks.close();
    }
}
