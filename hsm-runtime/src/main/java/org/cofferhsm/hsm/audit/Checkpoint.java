package org.cofferhsm.hsm.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.audit.AuditEvent.ChangeMark;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/**
 * A record by which the module signs the chain up to the record before it.
 *
 * @param previousHash the chain hash that it follows
 * @param lastChange the store's last change that was recorded before it
 * @param signed what the signature is over
 */
record Checkpoint(byte[] previousHash, Optional<ChangeMark> lastChange, byte[] signed, byte[] signature) {

    private static final byte[] PURPOSE = "Coffer audit checkpoint 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_SIGNATURE = 1024;

    /** The longest record of a checkpoint. */
    static final int MAX_BYTES =
            Frame.PREFIX + Sha256.LENGTH + Marks.MAX_BYTES + Short.BYTES + MAX_SIGNATURE + Frame.TRAILER;

    /** The content of the record that signs the chain where it stands. */
    static byte[] content(Chain chain, Optional<ChangeMark> lastChange, long micros, AuditKeys keys) {
        byte[] unsigned = new byte[Frame.PREFIX + Sha256.LENGTH + Marks.size(lastChange)];
        Frame.stamp(unsigned, Frame.CHECKPOINT, chain.sequence() + 1, micros);
        Marks.write(lastChange, ByteBuffer.wrap(unsigned).position(Frame.PREFIX).put(chain.hash()));
        byte[] signature = keys.sign(message(unsigned, unsigned.length));
        if (signature.length > MAX_SIGNATURE) {
            throw HsmException.internal("a checkpoint's signature is longer than 1024 bytes");
        }
        ByteBuffer content = ByteBuffer.allocate(unsigned.length + Short.BYTES + signature.length)
                .put(unsigned)
                .putShort((short) signature.length)
                .put(signature);
        return content.putInt(0, content.capacity()).array();
    }

    static Checkpoint decode(Frame frame) throws MalformedRecordException {
        byte[] content = frame.content();
        Blocks in = new Blocks(ByteBuffer.wrap(content, Frame.PREFIX, content.length - Frame.PREFIX));
        byte[] previousHash = in.bytes(Sha256.LENGTH);
        Optional<ChangeMark> lastChange = Marks.read(in);
        byte[] signed = message(content, in.position());
        Checkpoint checkpoint = new Checkpoint(previousHash, lastChange, signed, in.block(MAX_SIGNATURE));
        in.requireEnd();
        return checkpoint;
    }

    /** As readers of the log see it. */
    AuditEvent toEvent(long sequence) {
        return new AuditEvent(
                "", AuditRecord.CHECKPOINT, 0, "OK", "signed up to record " + (sequence - 1), Octets.EMPTY, lastChange);
    }

    /** All but the length, which the signature's own length is part of. */
    private static byte[] message(byte[] content, int end) {
        byte[] message = Arrays.copyOf(PURPOSE, PURPOSE.length + end - Integer.BYTES);
        System.arraycopy(content, Integer.BYTES, message, PURPOSE.length, end - Integer.BYTES);
        return message;
    }
}
