package org.cofferhsm.hsm.jce;

import java.util.Arrays;
import java.util.function.Consumer;
import org.cofferhsm.hsm.session.CipherOperation;

/** Takes the IV off the front of an encryption's output, where the module puts the one that it made. */
final class IvInFront implements CipherOperation {

    private final CipherOperation encryption;
    private final Consumer<byte[]> receiver;
    private final byte[] iv;
    private int read;

    /**
     * @param receiver is given the IV when it is complete
     */
    IvInFront(CipherOperation encryption, int ivBytes, Consumer<byte[]> receiver) {
        this.encryption = encryption;
        this.receiver = receiver;
        this.iv = new byte[ivBytes];
    }

    @Override
    public byte[] update(byte[] data, int offset, int length) {
        return withoutIv(encryption.update(data, offset, length));
    }

    @Override
    public byte[] finish() {
        return withoutIv(encryption.finish());
    }

    private byte[] withoutIv(byte[] output) {
        int taken = Math.min(iv.length - read, output.length);
        if (taken == 0) {
            return output;
        }
        System.arraycopy(output, 0, iv, read, taken);
        read += taken;
        if (read == iv.length) {
            receiver.accept(iv.clone());
        }
        return Arrays.copyOfRange(output, taken, output.length);
    }

    @Override
    public void close() {
        encryption.close();
    }
}
