package org.cofferhsm.hsm.crypto;

import java.security.MessageDigest;
import java.util.function.Supplier;

/** A MAC in progress, to be given or to be compared. */
public final class MacStream implements SignStream {

    private final Input input;
    private final Supplier<byte[]> end;

    public MacStream(Input input, Supplier<byte[]> end) {
        this.input = input;
        this.end = end;
    }

    @Override
    public void update(byte[] data, int offset, int length) {
        input.update(data, offset, length);
    }

    @Override
    public byte[] finish() {
        return end.get();
    }

    /** The same, compared in constant time with what the other side says. */
    public VerifyStream verifying() {
        return new VerifyStream() {
            @Override
            public void update(byte[] data, int offset, int length) {
                input.update(data, offset, length);
            }

            @Override
            public boolean finish(byte[] signature) {
                return MessageDigest.isEqual(end.get(), signature);
            }
        };
    }

    /** Takes the next part. */
    @FunctionalInterface
    public interface Input {
        void update(byte[] data, int offset, int length);
    }
}
