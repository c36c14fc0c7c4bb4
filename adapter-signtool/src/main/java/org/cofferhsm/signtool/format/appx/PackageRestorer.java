package org.cofferhsm.signtool.format.appx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.format.Source;

/** Takes the signature out of a package. */
record PackageRestorer(Source source, ZipDirectory directory) {

    /** What signing this package would overwrite, if it can be kept. */
    Optional<AppxRestoration> before() throws IOException {
        int disks = directory.end().disks();
        if (!SignablePackage.of(source, directory).replacesContentTypes()) {
            return Optional.of(AppxRestoration.keepingContentTypes(disks));
        }
        ZipEntry entry = directory.require(PackageFile.CONTENT_TYPES);
        long length = directory.endOf(entry) - entry.offset();
        if (length > AppxRestoration.MOST_BYTES) {
            return Optional.empty();
        }
        ByteBuffer local = source.read(entry.offset(), (int) length);
        return Optional.of(new AppxRestoration(disks, Octets.of(local.array()), entry.header()));
    }

    void write(Optional<AppxRestoration> known, FileChannel target) throws IOException {
        Optional<PackageBody> before = known.flatMap(this::restored);
        if (before.isPresent()) {
            write(before.get(), target);
            if (isSame(target)) {
                return;
            }
            target.truncate(0).position(0);
        }
        write(plain(), target);
    }

    /** The package as it was, if the record fits it. */
    private Optional<PackageBody> restored(AppxRestoration known) {
        PackageBody body = PackageBody.of(source, directory).withDisks(known.disks());
        if (known.keepsContentTypes()) {
            return Optional.of(body);
        }
        try {
            ByteBuffer header = ByteBuffer.wrap(known.header().toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
            ZipEntry entry = ZipEntry.next(header);
            long offset = directory.require(PackageFile.CONTENT_TYPES).offset();
            boolean fits = !header.hasRemaining()
                    && entry.isNamed(PackageFile.CONTENT_TYPES.path())
                    && entry.offset() == offset;
            return fits
                    ? Optional.of(
                            body.withContentTypes(ByteBuffer.wrap(known.local().toByteArray()), entry))
                    : Optional.empty();
        } catch (HsmException e) {
            return Optional.empty(); // nobody signed the record: it may hold anything
        }
    }

    /** Nobody signed the record, so what it gives back must become the signed package again. */
    private boolean isSame(FileChannel target) throws IOException {
        try {
            Source written = Source.of(source.path(), target);
            ContentTypes types =
                    SignablePackage.of(written, ZipDirectory.read(written)).contentTypes();
            return types.equals(SignablePackage.of(source, directory).contentTypes());
        } catch (HsmException e) {
            return false;
        }
    }

    /** Without the signature, and without naming it. */
    private PackageBody plain() throws IOException {
        PackageBody body = PackageBody.of(source, directory);
        ContentTypes types = ContentTypes.of(
                ZipMember.of(source, directory, PackageFile.CONTENT_TYPES).content());
        return types.nameSignature()
                ? body.withContentTypes(types.withoutSignature().toStored())
                : body;
    }

    private static void write(PackageBody body, FileChannel target) throws IOException {
        body.pass(piece -> append(piece, target));
        append(ByteBuffer.wrap(body.directoryBytes()), target);
    }

    static void append(ByteBuffer piece, FileChannel target) throws IOException {
        while (piece.hasRemaining()) {
            target.write(piece);
        }
    }
}
