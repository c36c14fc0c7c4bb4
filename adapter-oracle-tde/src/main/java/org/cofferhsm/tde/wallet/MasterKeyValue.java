package org.cofferhsm.tde.wallet;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.cofferhsm.hsm.key.SecretBytes;

/**
 * What the value of a master key tells beside the key. It is Base64 of a zero byte, the whole length (two bytes,
 * little-endian), then fields of a type byte, a length (two bytes, little-endian) and content: 1 the key, 3 an
 * initialization vector, 5 an Oracle DATE.
 *
 * @param keyBytes the length of the key
 * @param made the date in it, as Oracle wrote it, without a time zone
 */
record MasterKeyValue(int keyBytes, Optional<LocalDateTime> made) {

    private static final int KEY = 1;
    private static final int DATE = 5;
    private static final int HEADER = 3;

    /** What it tells, when it has this form. */
    static Optional<MasterKeyValue> decode(SecretBytes text) {
        return text.use(MasterKeyValue::decode);
    }

    private static Optional<MasterKeyValue> decode(byte[] text) {
        byte[] value;
        try {
            value = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a form that is not known: it is kept as it is
        }
        try {
            return fields(ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN));
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }

    private static Optional<MasterKeyValue> fields(ByteBuffer in) {
        if (in.remaining() < HEADER || in.get() != 0 || Short.toUnsignedInt(in.getShort()) != in.limit()) {
            return Optional.empty();
        }
        int keyBytes = 0;
        Optional<LocalDateTime> made = Optional.empty();
        while (in.hasRemaining()) {
            int type = Byte.toUnsignedInt(in.get());
            byte[] content = next(in, Short.toUnsignedInt(in.getShort()));
            if (type == KEY) {
                keyBytes = content.length;
            } else if (type == DATE) {
                made = OracleDate.decode(content);
            }
            Arrays.fill(content, (byte) 0);
        }
        return keyBytes == 0 ? Optional.empty() : Optional.of(new MasterKeyValue(keyBytes, made));
    }

    private static byte[] next(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] content = new byte[length];
        in.get(content);
        return content;
    }
}
