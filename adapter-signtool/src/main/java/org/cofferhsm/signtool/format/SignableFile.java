package org.cofferhsm.signtool.format;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.SignedContent;

/**
 * A file that Authenticode can sign, open for reading. Nothing here changes it: signing and removing write a new file.
 *
 * <p>Belongs to one thread at a time. Valid as long as its source is open.
 */
public interface SignableFile {

    /**
     * What a signature over this file says: its digest and the format's own data. A signature that the file has already
     * makes no difference.
     *
     * @throws org.cofferhsm.hsm.error.HsmException ARGUMENT_INVALID when the format cannot have this digest (APPX: the
     *     block map's decides)
     */
    SignedContent content(ContentOptions options) throws IOException;

    /**
     * Whether the file is what a signature says: computes the digest, and the page hashes where the signature has some,
     * and compares.
     *
     * @param signed the content of one of this file's signatures; nothing in it is trusted, it may be hostile
     */
    ContentCheck check(SignedContent signed) throws IOException;

    /**
     * The signatures in the file, in its order, without padding: each an encoded ContentInfo. The first is the primary
     * one; signatures nested in it are inside it. Empty for an unsigned file.
     */
    List<Octets> signatures() throws IOException;

    /**
     * What the unsigned file's bytes cannot be told from without help once it is signed: padding that signing adds, a
     * checksum that was wrong. It is kept in the signature ({@link AuthenticodeSignature#withRestoration}), unsigned,
     * and used by {@link #writeUnsigned}. Empty where the signed file alone is enough. For a signed file: what its
     * signature holds.
     */
    Optional<Octets> restoration() throws IOException;

    /** What the first signature of a signed file holds of that ({@link AuthenticodeSignature#restoration}). */
    default Optional<Octets> recorded() throws IOException {
        return signatures().stream()
                .findFirst()
                .flatMap(one -> AuthenticodeSignature.parse(one.toByteArray()).restoration());
    }

    /**
     * Writes the file with these signatures in place of those that it has.
     *
     * @param signatures encoded ContentInfos, at least one; most formats can hold just one and refuse more
     * @param target empty, open for reading and writing; stays open, its position does not matter
     */
    void writeSigned(List<Octets> signatures, FileChannel target) throws IOException;

    /**
     * Writes the file without any signature. After {@link #writeSigned} with the {@link #restoration} in the signature
     * these are the bytes that the file had before. What somebody else's program signed is restored as far as the file
     * tells.
     *
     * @param target as in {@link #writeSigned}
     */
    void writeUnsigned(FileChannel target) throws IOException;
}
