package org.cofferhsm.signtool.format;

import org.cofferhsm.signtool.authenticode.DigestAlgorithm;

/**
 * How a file's content is described.
 *
 * @param digest the hash function ({@code /fd})
 * @param pageHashes whether to hash each page too ({@code /ph}); ignored by all formats but PE
 */
public record ContentOptions(DigestAlgorithm digest, boolean pageHashes) {

    /** Without page hashes. */
    public static ContentOptions of(DigestAlgorithm digest) {
        return new ContentOptions(digest, false);
    }

    /** With page hashes. */
    public ContentOptions withPageHashes() {
        return new ContentOptions(digest, true);
    }
}
