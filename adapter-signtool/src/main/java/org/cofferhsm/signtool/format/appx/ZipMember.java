package org.cofferhsm.signtool.format.appx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.format.Source;

/** A file in an archive, unpacked piece by piece, never beyond the size that the directory promises. */
record ZipMember(Source source, ZipEntry entry, PackageFile file) {

    private static final int PIECE_BYTES = 1 << 16;

    static ZipMember of(Source source, ZipDirectory directory, PackageFile file) {
        return new ZipMember(source, directory.require(file), file);
    }

    /** All of it, for files that are small. */
    byte[] content() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pass(piece -> {
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            all.writeBytes(bytes);
        });
        return all.toByteArray();
    }

    /** Passes the unpacked content on. */
    void pass(Source.Sink sink) throws IOException {
        requireReadable();
        long start = entry.offset() + LocalHeader.read(source, entry).length();
        CRC32 crc = new CRC32();
        Unpacked unpacked = new Unpacked(piece -> {
            crc.update(piece.duplicate());
            sink.accept(piece);
        });
        if (entry.method() == ZipEntry.STORED) {
            source.pass(start, start + entry.compressedSize(), unpacked::accept);
        } else {
            inflate(start, unpacked);
        }
        if (unpacked.bytes != entry.size() || (int) crc.getValue() != entry.crc()) {
            throw damaged("its content is not what its header promises");
        }
    }

    private void requireReadable() {
        if (entry.isEncrypted() || (entry.method() != ZipEntry.STORED && entry.method() != ZipEntry.DEFLATED)) {
            throw damaged("it is encrypted or packed in an unknown way");
        }
        if (entry.size() > file.mostBytes()) {
            throw damaged("it is said to have " + entry.size() + " bytes");
        }
    }

    private HsmException damaged(String why) {
        return HsmException.dataInvalid(file.path() + " in " + source.path() + " cannot be read: " + why);
    }

    /** Counts what comes out, and stops a bomb as soon as it exceeds its promise. */
    private final class Unpacked implements Source.Sink {
        private final Source.Sink next;
        private long bytes;

        private Unpacked(Source.Sink next) {
            this.next = next;
        }

        @Override
        public void accept(ByteBuffer piece) throws IOException {
            bytes += piece.remaining();
            if (bytes > entry.size()) {
                throw damaged("it unpacks to more than its header promises");
            }
            next.accept(piece);
        }
    }

    private void inflate(long start, Source.Sink sink) throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            ByteBuffer out = ByteBuffer.allocate(PIECE_BYTES);
            source.pass(start, start + entry.compressedSize(), piece -> inflate(inflater, piece, out, sink));
            if (!inflater.finished()) {
                throw damaged("it ends too early");
            }
        } finally {
            inflater.end();
        }
    }

    private void inflate(Inflater inflater, ByteBuffer packed, ByteBuffer out, Source.Sink sink) throws IOException {
        if (inflater.finished()) {
            throw damaged("something follows its content");
        }
        inflater.setInput(packed);
        try {
            while (!inflater.finished() && inflater.inflate(out.clear()) > 0) {
                sink.accept(out.flip());
            }
        } catch (DataFormatException e) {
            throw damaged("it is not deflated data: " + e.getMessage());
        }
        if (inflater.needsDictionary() || (inflater.finished() && packed.hasRemaining())) {
            throw damaged("something follows its content");
        }
    }
}
