package org.cofferhsm.signtool.format.appx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.format.Source;

/**
 * A package without its signature: the file's own bytes, but for one file that may be replaced.
 *
 * @param cut where the replacement goes
 * @param inserted the replacement; empty without one
 * @param resume where the file's own bytes go on
 * @param end where they end: before the signature, or before the directory
 * @param directory without the signature, and as the replacement makes it
 */
record PackageBody(Source source, long cut, ByteBuffer inserted, long resume, long end, ZipDirectory directory) {

    /** The file as it is, without its signature. */
    static PackageBody of(Source source, ZipDirectory directory) {
        Optional<ZipEntry> signature = directory.find(PackageFile.SIGNATURE);
        long end = signature.map(ZipEntry::offset).orElse(directory.end().start());
        if (signature.isPresent()
                && directory.endOf(signature.get()) != directory.end().start()) {
            throw HsmException.dataInvalid(source.path() + " has files behind its signature, which must be the last");
        }
        ZipDirectory rest = signature.map(directory::without).orElse(directory);
        return new PackageBody(source, end, ByteBuffer.allocate(0), end, end, rest);
    }

    /** With a file in the place of its content types. */
    PackageBody withContentTypes(StoredData data) {
        ZipEntry old = directory.require(PackageFile.CONTENT_TYPES);
        ZipEntry by = old.stored(data, old.offset());
        byte[] header = by.localHeader();
        ByteBuffer local = ByteBuffer.allocate(header.length + data.content().length);
        return withContentTypes(local.put(header).put(data.content()).flip(), by);
    }

    /**
     * With a file in the place of its content types.
     *
     * @param local header, data and descriptor
     */
    PackageBody withContentTypes(ByteBuffer local, ZipEntry by) {
        ZipEntry old = directory.require(PackageFile.CONTENT_TYPES);
        long until = Math.min(directory.endOf(old), end);
        ZipDirectory changed = directory.replacing(old, by, local.remaining() - (until - old.offset()));
        return new PackageBody(source, old.offset(), local, until, end, changed);
    }

    PackageBody withDisks(int disks) {
        return new PackageBody(source, cut, inserted, resume, end, directory.withDisks(disks));
    }

    long length() {
        return cut + inserted.remaining() + (end - resume);
    }

    void pass(Source.Sink sink) throws IOException {
        source.pass(0, cut, sink);
        sink.accept(inserted.duplicate());
        source.pass(resume, end, sink);
    }

    /** The directory of a package that ends here. */
    byte[] directoryBytes() {
        return directory.encoded(length());
    }
}
