package org.cofferhsm.signtool.format.appx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.PaddedSignature;
import org.cofferhsm.signtool.format.Source;

/**
 * The file that holds a package's signature: a mark, then the ContentInfo.
 *
 * @param uncovered what else is there, which the signature does not cover
 */
record PackageSignature(Octets signature, Optional<String> uncovered) {

    private static final byte[] MARK = "PKCX".getBytes(StandardCharsets.US_ASCII);

    /** Enough for the Zip64 fields. */
    private static final int MOST_EXTRA_BYTES = 32;

    private static final int SMALLEST_DESCRIPTOR_BYTES = 12;
    private static final int LARGEST_DESCRIPTOR_BYTES = 24;

    static Optional<PackageSignature> read(Source source, ZipDirectory directory) throws IOException {
        Optional<ZipEntry> entry = directory.find(PackageFile.SIGNATURE);
        return entry.isEmpty() ? Optional.empty() : Optional.of(read(source, directory, entry.get()));
    }

    private static PackageSignature read(Source source, ZipDirectory directory, ZipEntry entry) throws IOException {
        byte[] content = new ZipMember(source, entry, PackageFile.SIGNATURE).content();
        if (!Arrays.equals(MARK, Arrays.copyOf(content, MARK.length))) {
            throw HsmException.dataInvalid("the signature of " + source.path() + " lacks its mark");
        }
        PaddedSignature found = PaddedSignature.of(
                "the signature of " + source.path(), Arrays.copyOfRange(content, MARK.length, content.length));
        return new PackageSignature(found.signature(), uncovered(source, directory, entry, found));
    }

    private static Optional<String> uncovered(
            Source source, ZipDirectory directory, ZipEntry entry, PaddedSignature found) throws IOException {
        LocalHeader local = LocalHeader.read(source, entry);
        long rest = directory.end().start() - entry.offset() - local.length() - entry.compressedSize();
        if (!found.clean()) {
            return Optional.of("there is data behind the signature in " + PackageFile.SIGNATURE.path());
        }
        if (local.extra() > MOST_EXTRA_BYTES || entry.freeBytes() > MOST_EXTRA_BYTES || !isDescriptor(entry, rest)) {
            return Optional.of("there is data around " + PackageFile.SIGNATURE.path());
        }
        return Optional.empty();
    }

    private static boolean isDescriptor(ZipEntry entry, long bytes) {
        return entry.hasDescriptor()
                ? bytes >= SMALLEST_DESCRIPTOR_BYTES && bytes <= LARGEST_DESCRIPTOR_BYTES
                : bytes == 0;
    }

    static StoredData stored(Octets signature) {
        ByteBuffer content = ByteBuffer.allocate(MARK.length + signature.length());
        return new StoredData(
                PackageFile.SIGNATURE,
                content.put(MARK).put(signature.toByteArray()).array());
    }
}
