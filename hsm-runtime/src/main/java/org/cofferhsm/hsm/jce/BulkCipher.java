package org.cofferhsm.hsm.jce;

import java.util.function.Supplier;
import javax.crypto.BadPaddingException;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.ShortBufferException;
import org.cofferhsm.hsm.session.CipherOperation;
import org.jspecify.annotations.Nullable;

/**
 * A cipher that takes data in parts, by an operation of the module.
 *
 * <p>A buffer that might be too short is refused before anything is done, so that the same call with a longer one does
 * what the first would have done. Decryption with padding cannot tell before how much comes out, so it asks for room for
 * all that could: as much as {@code getOutputSize} says.
 */
abstract class BulkCipher extends CofferCipher {

    private static final byte[] NOTHING = {};

    private @Nullable CipherOperation operation;
    private int heldBack;

    BulkCipher(ParameterForm form) {
        super(form);
    }

    /** Asks the module for an operation with the key and parameters of {@code init}. */
    abstract CipherOperation start();

    /** Runs the end of an operation, where a cipher decides how its failures are called. */
    abstract byte[] ending(Supplier<byte[]> finish) throws IllegalBlockSizeException, BadPaddingException;

    /** How long the output of {@code update} can be when {@code length} bytes are still inside or to come. */
    abstract int readyOf(int length);

    /** How long the output of {@code doFinal} can be when {@code length} bytes are still inside or to come. */
    abstract int outputFor(int length);

    /** Forgets whatever was under way. */
    final void abandon() {
        CipherOperation abandoned = operation;
        operation = null;
        heldBack = 0;
        if (abandoned != null) {
            abandoned.close();
        }
    }

    /** Begins now, so that a key that may not is refused by {@code init}. */
    final CipherOperation begin() {
        CipherOperation started = start();
        operation = started;
        return started;
    }

    final boolean underWay() {
        return operation != null;
    }

    @Override
    protected final byte @Nullable [] engineUpdate(byte[] input, int offset, int length) {
        byte[] output = process(input, offset, length);
        return output.length == 0 ? null : output;
    }

    @Override
    protected final int engineUpdate(byte[] input, int offset, int length, byte[] output, int outputOffset)
            throws ShortBufferException {
        requireRoom(readyOf(heldBack + length), output, outputOffset);
        return copied(process(input, offset, length), output, outputOffset);
    }

    private byte[] process(byte[] input, int offset, int length) {
        byte[] output = Failures.unchecked(() -> operation().update(input, offset, length));
        heldBack += length - output.length;
        return output;
    }

    @Override
    protected final byte[] engineDoFinal(byte @Nullable [] input, int offset, int length)
            throws IllegalBlockSizeException, BadPaddingException {
        try {
            byte[] first = input == null || length == 0 ? NOTHING : process(input, offset, length);
            byte[] last = ending(() -> operation().finish());
            return joined(first, last);
        } finally {
            ended();
        }
    }

    @Override
    protected final int engineDoFinal(byte @Nullable [] input, int offset, int length, byte[] output, int outputOffset)
            throws IllegalBlockSizeException, BadPaddingException, ShortBufferException {
        requireRoom(engineGetOutputSize(length), output, outputOffset);
        return copied(engineDoFinal(input, offset, length), output, outputOffset);
    }

    private static void requireRoom(int bytes, byte[] output, int outputOffset) throws ShortBufferException {
        if (output.length - outputOffset < bytes) {
            throw new ShortBufferException("the output has up to " + bytes + " bytes, the buffer has room for "
                    + (output.length - outputOffset));
        }
    }

    private static int copied(byte[] result, byte[] output, int outputOffset) {
        System.arraycopy(result, 0, output, outputOffset, result.length);
        return result.length;
    }

    private CipherOperation operation() {
        CipherOperation current = operation;
        return current == null ? begin() : current;
    }

    /** The cipher is as after {@code init} again. */
    void ended() {
        operation = null;
        heldBack = 0;
    }

    private static byte[] joined(byte[] first, byte[] last) {
        if (first.length == 0) {
            return last;
        }
        byte[] all = new byte[first.length + last.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(last, 0, all, first.length, last.length);
        return all;
    }

    @Override
    protected final int engineGetOutputSize(int length) {
        return outputFor(heldBack + length);
    }

    @Override
    protected final int engineGetBlockSize() {
        return AesMode.BLOCK;
    }
}
