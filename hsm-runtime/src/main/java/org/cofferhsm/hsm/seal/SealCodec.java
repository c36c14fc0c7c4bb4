package org.cofferhsm.hsm.seal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.crypto.Argon2Parameters;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/**
 * The file {@code seal}, version 1: magic, version (32 bits), kind (8), module identity (16 bytes); for a passphrase
 * memory in KiB, passes and lanes (32 each) and the salt (8-bit length and bytes); then the sealed key to the end.
 */
final class SealCodec {

    /** The longest file that is read at all. */
    static final int MAX_BYTES = 512;

    static final int MODULE_BYTES = 16;

    /** IV, key and tag. */
    private static final int SEALED_BYTES = 12 + MasterKey.BYTES + 16;

    private static final long MAGIC = 0x434f46465345414cL; // COFFSEAL
    private static final int VERSION = 1;

    private SealCodec() {}

    /** A seal as it was read: its header, the bytes of that, and the sealed key. */
    record Parsed(SealHeader header, byte[] context, byte[] sealed) {}

    /** What is authenticated with the sealed key: all that stands before it. */
    static byte[] context(SealHeader header) {
        ByteBuffer out = ByteBuffer.allocate(MAX_BYTES);
        out.putLong(MAGIC).putInt(VERSION).put((byte) header.kind().code());
        out.put(header.module().toByteArray());
        header.stretching().ifPresent(parameters -> {
            out.putInt(parameters.memoryKib()).putInt(parameters.passes()).putInt(parameters.lanes());
            out.put((byte) parameters.salt().length()).put(parameters.salt().toByteArray());
        });
        return Arrays.copyOf(out.array(), out.position());
    }

    static byte[] file(byte[] context, byte[] sealed) {
        return ByteBuffer.allocate(context.length + sealed.length)
                .put(context)
                .put(sealed)
                .array();
    }

    /** Reads a seal; nothing when the bytes are not one. */
    static Optional<Parsed> parse(byte[] file) {
        try {
            ByteBuffer in = ByteBuffer.wrap(file);
            if (in.getLong() != MAGIC || in.getInt() != VERSION) {
                return Optional.empty();
            }
            return SealKind.ofCode(in.get()).flatMap(kind -> parse(kind, in));
        } catch (BufferUnderflowException e) {
            return Optional.empty(); // it ends too early
        } catch (HsmException e) {
            return Optional.empty(); // no way that a passphrase may be stretched
        }
    }

    private static Optional<Parsed> parse(SealKind kind, ByteBuffer in) {
        Octets module = Octets.of(bytes(in, MODULE_BYTES));
        Optional<Argon2Parameters> stretching =
                kind == SealKind.PASSPHRASE ? Optional.of(stretching(in)) : Optional.empty();
        if (in.remaining() != SEALED_BYTES) {
            return Optional.empty();
        }
        byte[] context = Arrays.copyOf(in.array(), in.position());
        return Optional.of(new Parsed(new SealHeader(kind, module, stretching), context, bytes(in, SEALED_BYTES)));
    }

    private static Argon2Parameters stretching(ByteBuffer in) {
        return new Argon2Parameters(in.getInt(), in.getInt(), in.getInt(), Octets.of(bytes(in, in.get() & 0xff)));
    }

    private static byte[] bytes(ByteBuffer in, int count) {
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }
}
