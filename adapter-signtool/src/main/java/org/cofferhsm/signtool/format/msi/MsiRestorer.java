package org.cofferhsm.signtool.format.msi;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.format.Source;

/** Takes the signature out of a database. */
record MsiRestorer(CompoundFile file) {

    void write(Optional<MsiRestoration> known, FileChannel target) throws IOException {
        Source source = file.sectors().source();
        if (known.isPresent() && known.get().size() <= source.size()) {
            copy(source, known.get().size(), target);
            known.get().apply(Edits.of(target));
            if (isSame(target)) {
                return;
            }
        }
        copy(source, source.size(), target);
        new StreamRemover(file, Edits.of(target)).removeSignature();
    }

    private static void copy(Source source, long size, FileChannel target) throws IOException {
        target.truncate(0).position(0);
        source.copy(0, size, target);
    }

    /** Nobody signed the record, so what it gives back must be the signed database in every name, time and byte. */
    private boolean isSame(FileChannel target) throws IOException {
        try {
            CompoundFile written =
                    CompoundFile.read(Source.of(file.sectors().source().path(), target));
            return SignatureStreams.in(written).isEmpty()
                    && digest(written).extended().equals(digest(file).extended());
        } catch (HsmException e) {
            return false;
        }
    }

    private static MsiDigest digest(CompoundFile of) {
        return new MsiDigest(of, DigestAlgorithm.SHA256);
    }
}
