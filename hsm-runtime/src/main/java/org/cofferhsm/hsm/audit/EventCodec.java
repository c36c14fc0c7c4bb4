package org.cofferhsm.hsm.audit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.cofferhsm.hsm.audit.AuditEvent.ChangeMark;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/**
 * An event as bytes, version 1: version, key, change mark, then user, operation, result, detail and parameters, each
 * with a 16-bit length. All integers are big-endian; strings are UTF-8.
 */
final class EventCodec {

    private static final byte VERSION = 1;
    private static final int MAX_BLOCK = 0xffff;

    private EventCodec() {}

    /** Encodes behind {@code prefix} bytes that the caller fills. */
    static byte[] encode(AuditEvent event, int prefix) {
        byte[][] blocks = blocks(event);
        int size = 1 + Long.BYTES + Marks.size(event.change());
        for (byte[] block : blocks) {
            size += Short.BYTES + block.length;
        }
        if (size > AuditEvent.MAX_BYTES) {
            throw HsmException.argumentInvalid(
                    "an audit event of " + size + " bytes is longer than the log's limit of " + AuditEvent.MAX_BYTES);
        }
        ByteBuffer out = ByteBuffer.allocate(prefix + size).position(prefix);
        Marks.write(event.change(), out.put(VERSION).putLong(event.key()));
        for (byte[] block : blocks) {
            out.putShort((short) block.length).put(block);
        }
        return out.array();
    }

    private static byte[][] blocks(AuditEvent event) {
        return new byte[][] {
            event.user().getBytes(StandardCharsets.UTF_8),
            event.operation().getBytes(StandardCharsets.UTF_8),
            event.result().getBytes(StandardCharsets.UTF_8),
            event.detail().getBytes(StandardCharsets.UTF_8),
            event.parameters().toByteArray()
        };
    }

    /** Decodes what stands behind {@code prefix} bytes, to the end. */
    static AuditEvent decode(byte[] bytes, int prefix) throws MalformedRecordException {
        Blocks in = open(bytes, prefix);
        long key = in.number();
        Optional<ChangeMark> change = Marks.read(in);
        AuditEvent event =
                new AuditEvent(text(in), text(in), key, text(in), text(in), Octets.of(in.block(MAX_BLOCK)), change);
        in.requireEnd();
        return event;
    }

    /** Only which change of the store it records; as {@link #decode}, without putting the texts together. */
    static Optional<ChangeMark> change(byte[] bytes, int prefix) throws MalformedRecordException {
        Blocks in = open(bytes, prefix);
        in.number();
        return Marks.read(in);
    }

    private static Blocks open(byte[] bytes, int prefix) throws MalformedRecordException {
        if (bytes.length - prefix > AuditEvent.MAX_BYTES) {
            throw new MalformedRecordException("it is longer than " + AuditEvent.MAX_BYTES + " bytes");
        }
        Blocks in = new Blocks(ByteBuffer.wrap(bytes, prefix, bytes.length - prefix));
        if (in.octet() != VERSION) {
            throw new MalformedRecordException("it has an unknown version");
        }
        return in;
    }

    private static String text(Blocks in) throws MalformedRecordException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.block(MAX_BLOCK)))
                    .toString();
        } catch (CharacterCodingException e) {
            MalformedRecordException malformed = new MalformedRecordException("a text in it is not UTF-8");
            malformed.initCause(e);
            throw malformed;
        }
    }
}
