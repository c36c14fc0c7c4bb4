package org.cofferhsm.hsm.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.cofferhsm.hsm.key.Octets;

/**
 * The bytes of something that is authenticated: what it is about, whose it is, then numbers of eight bytes and blocks
 * with their length before them. So no two different statements have the same bytes.
 */
final class Statement {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

    private Statement() {}

    /** Begins a statement; the subject carries the version of what follows. */
    static Statement about(String subject, Octets module) {
        return new Statement()
                .block(subject.getBytes(StandardCharsets.US_ASCII))
                .block(module.toByteArray());
    }

    Statement number(long value) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
        return this;
    }

    Statement block(byte[] bytes) {
        number(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }
}
