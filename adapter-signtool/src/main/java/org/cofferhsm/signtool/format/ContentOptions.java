package org.cofferhsm.signtool.format;

import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;

/**
 * How a file's content is described.
 *
 * @param digest the hash function ({@code /fd})
 * @param pageHashes whether to hash each page too ({@code /ph}); ignored by all formats but PE
 * @param signer whose certificate it will be, where that is known; packages name their publisher themselves
 */
public record ContentOptions(DigestAlgorithm digest, boolean pageHashes, Optional<X500Principal> signer) {

    /** Without page hashes, by anybody. */
    public static ContentOptions of(DigestAlgorithm digest) {
        return new ContentOptions(digest, false, Optional.empty());
    }

    /** With page hashes. */
    public ContentOptions withPageHashes() {
        return new ContentOptions(digest, true, signer);
    }

    /** To be signed by the holder of a certificate with this subject. */
    public ContentOptions by(X500Principal subject) {
        return new ContentOptions(digest, pageHashes, Optional.of(subject));
    }
}
