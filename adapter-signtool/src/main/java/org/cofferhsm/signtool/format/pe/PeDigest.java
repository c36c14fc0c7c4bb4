package org.cofferhsm.signtool.format.pe;

import java.io.IOException;
import java.security.MessageDigest;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.format.Source;

/**
 * The digests of a PE image ("Windows Authenticode Portable Executable Signature Format", Calculating the PE Image
 * Hash): everything but the checksum, the certificate table and the entry that points to it.
 */
record PeDigest(Source source, PeHeaders headers) {

    /** The digest of the whole image, padded with zeros to where a certificate table may start. */
    Octets whole(DigestAlgorithm algorithm) throws IOException {
        MessageDigest digest = algorithm.startOver(source.size());
        long end = headers.contentEnd(source);
        addHeaders(digest, end);
        digest.update(new byte[CertificateTable.padding(end)]);
        return Octets.of(digest.digest());
    }

    /** Takes the file from its start to {@code end}, without what changes when a file is signed. */
    void addHeaders(MessageDigest digest, long end) throws IOException {
        Source.Sink sink = piece -> digest.update(piece);
        source.pass(0, headers.checksum(), sink);
        source.pass(headers.checksum() + PeHeaders.CHECKSUM_BYTES, headers.directory(), sink);
        source.pass(headers.directory() + PeHeaders.DIRECTORY_BYTES, end, sink);
    }
}
