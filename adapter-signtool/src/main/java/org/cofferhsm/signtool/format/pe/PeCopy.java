package org.cofferhsm.signtool.format.pe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.cofferhsm.signtool.format.Source;

/** A new PE image made from an old one in one pass, its checksum taken meanwhile. */
final class PeCopy {

    private final Source source;
    private final PeHeaders headers;
    private final FileChannel target;
    private final PeChecksum checksum = new PeChecksum();

    PeCopy(Source source, PeHeaders headers, FileChannel target) {
        this.source = source;
        this.headers = headers;
        this.target = target;
    }

    /** Copies the file from its start to {@code end}, with this entry for the certificate table and no checksum. */
    void content(long end, long directory) throws IOException {
        long bodyStart = headers.directory() + PeHeaders.DIRECTORY_BYTES;
        Source.Sink sink = this::append;
        source.pass(0, headers.checksum(), sink);
        append(ByteBuffer.allocate(PeHeaders.CHECKSUM_BYTES));
        source.pass(headers.checksum() + PeHeaders.CHECKSUM_BYTES, headers.directory(), sink);
        append(little(Long.BYTES).putLong(directory).flip());
        source.pass(bodyStart, end, sink);
    }

    /** Adds bytes at the end. */
    void append(ByteBuffer bytes) throws IOException {
        checksum.add(bytes.duplicate());
        while (bytes.hasRemaining()) {
            target.write(bytes);
        }
    }

    /** Puts the checksum of all that was written into the headers. */
    void close() throws IOException {
        close(checksum.value());
    }

    /** Puts this checksum into the headers. */
    void close(int value) throws IOException {
        ByteBuffer field = little(Integer.BYTES).putInt(value).flip();
        while (field.hasRemaining()) {
            target.write(field, headers.checksum() + field.position());
        }
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
