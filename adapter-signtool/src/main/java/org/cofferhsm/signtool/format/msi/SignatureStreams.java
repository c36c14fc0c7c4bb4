package org.cofferhsm.signtool.format.msi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.PaddedSignature;

/** The streams in which a signature is kept. */
final class SignatureStreams {

    static final String SIGNATURE = "\u0005DigitalSignature";
    static final String PRE_HASH = "\u0005MsiDigitalSignatureEx";

    /** Far above any signature, and little enough to read. */
    static final int MOST_BYTES = 1 << 20;

    private SignatureStreams() {}

    static boolean isOne(DirectoryEntry entry) {
        return entry.isStream() && (entry.isNamed(SIGNATURE) || entry.isNamed(PRE_HASH));
    }

    static List<DirectoryEntry> in(CompoundFile file) {
        return Stream.of(SIGNATURE, PRE_HASH)
                .flatMap(name -> file.root().stream(name).stream())
                .toList();
    }

    static Optional<PaddedSignature> signature(CompoundFile file) throws IOException {
        Optional<Octets> content = content(file, SIGNATURE);
        return content.map(found -> PaddedSignature.of("the signature of the database", found.toByteArray()));
    }

    static Optional<Octets> preHash(CompoundFile file) throws IOException {
        return content(file, PRE_HASH);
    }

    private static Optional<Octets> content(CompoundFile file, String name) throws IOException {
        Optional<DirectoryEntry> stream = file.root().stream(name);
        return stream.isEmpty() ? Optional.empty() : Optional.of(content(file, stream.get()));
    }

    private static Octets content(CompoundFile file, DirectoryEntry stream) throws IOException {
        if (stream.size() > MOST_BYTES) {
            throw HsmException.dataInvalid(
                    "the database has a signature of " + stream.size() + " bytes, which nobody needs");
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        file.pass(stream, piece -> {
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            content.writeBytes(bytes);
        });
        return Octets.of(content.toByteArray());
    }
}
