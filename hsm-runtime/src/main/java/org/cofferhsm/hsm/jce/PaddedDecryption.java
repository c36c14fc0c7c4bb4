package org.cofferhsm.hsm.jce;

import java.util.Arrays;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.CipherOperation;

/** Takes PKCS#7's padding (RFC 5652 §6.3) off a decryption that gives whole blocks. */
final class PaddedDecryption implements CipherOperation {

    private final CipherOperation blocks;
    private byte[] kept = {};

    PaddedDecryption(CipherOperation blocks) {
        this.blocks = blocks;
    }

    /** Keeps the last block back: it may be the one with the padding. */
    @Override
    public byte[] update(byte[] data, int offset, int length) {
        byte[] all = withKept(blocks.update(data, offset, length));
        int ready = Math.max(0, all.length - AesMode.BLOCK);
        kept = Arrays.copyOfRange(all, ready, all.length);
        return Arrays.copyOf(all, ready);
    }

    @Override
    public byte[] finish() {
        byte[] all = withKept(blocks.finish());
        int padding = all.length == 0 ? 0 : all[all.length - 1];
        if (padding < 1 || padding > AesMode.BLOCK || padding > all.length || !endsIn(all, padding)) {
            throw HsmException.encryptedDataInvalid("the decrypted data do not end in PKCS#7 padding");
        }
        return Arrays.copyOf(all, all.length - padding);
    }

    private static boolean endsIn(byte[] data, int padding) {
        int wrong = 0;
        for (int i = data.length - padding; i < data.length; i++) {
            wrong |= data[i] ^ padding;
        }
        return wrong == 0;
    }

    private byte[] withKept(byte[] more) {
        byte[] all = Arrays.copyOf(kept, kept.length + more.length);
        System.arraycopy(more, 0, all, kept.length, more.length);
        return all;
    }

    @Override
    public void close() {
        blocks.close();
    }
}
