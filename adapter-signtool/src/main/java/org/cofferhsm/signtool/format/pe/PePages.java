package org.cofferhsm.signtool.format.pe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.PageHashes;
import org.cofferhsm.signtool.format.Source;

/**
 * The hashes of a PE image's pages: the headers as the first page, then each section's raw data, every page filled up
 * with zeros to its size in memory.
 */
final class PePages {

    private static final int LEAST_PAGE_BYTES = 512;
    private static final int MOST_PAGE_BYTES = 1 << 20;
    /** A table for 4 GB in pages of 4 KB would have 40 MB; no program comes near. */
    private static final int MOST_PAGES = 1 << 18;
    /** Every page is hashed with the zeros that fill it up: small sections of large pages are more than the file. */
    private static final long MOST_HASHED_BYTES = 1L << 31;

    private final Source source;
    private final PeHeaders headers;
    private final MessageDigest digest;
    private final ByteBuffer table;

    private PePages(Source source, PeHeaders headers, DigestAlgorithm algorithm) {
        this.source = source;
        this.headers = headers;
        this.digest = algorithm.startOver(source.size());
        this.table = ByteBuffer.allocate(pages(source, headers) * (Integer.BYTES + algorithm.length()))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Page hashes are SHA-1 or SHA-256; a signature with a longer hash gets those of SHA-256. */
    static PageHashes of(Source source, PeHeaders headers, DigestAlgorithm algorithm) throws IOException {
        DigestAlgorithm used = algorithm == DigestAlgorithm.SHA1 ? algorithm : DigestAlgorithm.SHA256;
        return new PageHashes(used, Octets.of(new PePages(source, headers, used).table()));
    }

    /** Whether the image can have page hashes at all. */
    private static int pages(Source source, PeHeaders headers) {
        long page = headers.page();
        if (page < LEAST_PAGE_BYTES || page > MOST_PAGE_BYTES || headers.headers() > page) {
            throw HsmException.dataInvalid(source.path() + " can have no page hashes: its pages have " + page
                    + " bytes, its headers " + headers.headers());
        }
        long raw = headers.sections().stream().mapToLong(Range::size).sum();
        long pages = headers.sections().stream()
                .mapToLong(section -> (section.size() + page - 1) / page)
                .sum();
        if (raw > source.size() || pages > MOST_PAGES || pages * page > MOST_HASHED_BYTES) {
            throw HsmException.dataInvalid(source.path() + " can have no page hashes: its sections overlap, or it has "
                    + pages + " pages of " + page + " bytes");
        }
        return (int) pages + 2; // the headers, and the end
    }

    private byte[] table() throws IOException {
        new PeDigest(source, headers).addHeaders(digest, headers.headers());
        close(0, headers.headers());
        long end = headers.headers();
        for (Range section : headers.sections()) {
            addSection(section);
            end = section.end();
        }
        return table.putInt((int) end).array(); // the digest of the end is zeros
    }

    private void addSection(Range section) throws IOException {
        for (long at = section.start(); at < section.end(); at += headers.page()) {
            long size = Math.min(headers.page(), section.end() - at);
            source.pass(at, at + size, digest::update);
            close(at, size);
        }
    }

    private void close(long offset, long size) {
        digest.update(new byte[(int) (headers.page() - size)]);
        table.putInt((int) offset).put(digest.digest());
    }
}
