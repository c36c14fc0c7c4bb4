package org.cofferhsm.signtool.format.pe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeOids;
import org.cofferhsm.signtool.authenticode.PageHashes;
import org.cofferhsm.signtool.authenticode.SignedContent;
import org.cofferhsm.signtool.authenticode.SpcIndirectData;
import org.cofferhsm.signtool.authenticode.SpcPeImageData;
import org.cofferhsm.signtool.format.ContentCheck;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.format.SignableFile;
import org.cofferhsm.signtool.format.Source;

/** A PE image, open for reading. */
record PeFile(Source source, PeHeaders headers) implements SignableFile {

    @Override
    public SignedContent content(ContentOptions options) throws IOException {
        Optional<PageHashes> pages =
                options.pageHashes() ? Optional.of(PePages.of(source, headers, options.digest())) : Optional.empty();
        return SignedContent.of(new SpcIndirectData(
                AuthenticodeOids.PE_IMAGE_DATA,
                Optional.of(new SpcPeImageData(pages).toAsn1()),
                options.digest(),
                new PeDigest(source, headers).whole(options.digest())));
    }

    @Override
    public ContentCheck check(SignedContent signed) throws IOException {
        SpcIndirectData data = signed.indirectData()
                .filter(found -> found.type().equals(AuthenticodeOids.PE_IMAGE_DATA))
                .orElseThrow(() -> HsmException.dataInvalid("the signature is not one of a PE image"));
        return new ContentCheck(
                data.algorithm(),
                data.digest(),
                new PeDigest(source, headers).whole(data.algorithm()),
                pages(data),
                CertificateTable.read(source, headers.table()).uncovered());
    }

    private ContentCheck.Pages pages(SpcIndirectData data) throws IOException {
        Optional<PageHashes> signed = data.value().map(SpcPeImageData::parse).flatMap(SpcPeImageData::pageHashes);
        if (signed.isEmpty()) {
            return ContentCheck.Pages.ABSENT;
        }
        PageHashes computed = PePages.of(source, headers, signed.get().algorithm());
        return signed.get().equals(computed) ? ContentCheck.Pages.MATCH : ContentCheck.Pages.DIFFER;
    }

    @Override
    public List<Octets> signatures() throws IOException {
        return CertificateTable.read(source, headers.table()).signatures();
    }

    @Override
    public Optional<Octets> restoration() throws IOException {
        return headers.table().isEmpty()
                ? Optional.of(new PeRestoration(
                                CertificateTable.padding(source.size()),
                                source.read(headers.checksum(), Integer.BYTES).getInt(),
                                source.read(headers.directory(), Long.BYTES).getLong())
                        .encoded())
                : recorded();
    }

    @Override
    public void writeSigned(List<Octets> signatures, FileChannel target) throws IOException {
        requireNothingBehind();
        ByteBuffer table = CertificateTable.of(signatures);
        long end = headers.contentEnd(source);
        int padding = CertificateTable.padding(end);
        long start = end + padding;
        if (start + table.limit() > 0xffff_ffffL) {
            throw HsmException.argumentInvalid(source.path() + " is too large: a PE image has less than 4 GB");
        }
        PeCopy copy = new PeCopy(source, headers, target);
        copy.content(end, (long) table.limit() << Integer.SIZE | start);
        copy.append(ByteBuffer.allocate(padding));
        copy.append(table);
        copy.close();
    }

    @Override
    public void writeUnsigned(FileChannel target) throws IOException {
        requireNothingBehind();
        PeCopy copy = new PeCopy(source, headers, target);
        Optional<PeRestoration> restoration = recorded().flatMap(PeRestoration::of);
        if (restoration.isPresent() && fits(restoration.get())) {
            PeRestoration known = restoration.get();
            copy.content(headers.contentEnd(source) - known.padding(), known.directory());
            copy.close(known.checksum());
        } else {
            copy.content(headers.contentEnd(source), 0);
            copy.close();
        }
    }

    /** The table goes to the end; what somebody added there would be lost, and nobody could tell. */
    private void requireNothingBehind() throws IOException {
        long behind =
                headers.table().isEmpty() ? 0 : source.size() - headers.table().end();
        if (behind > 0) {
            throw HsmException.dataInvalid(source.path() + " has " + behind + " bytes behind its signature, which this"
                    + " would cut off; remove them first, or sign the file before something is added to it");
        }
    }

    /** Nobody signed it, so it may take away nothing but zeros, and nothing but an empty entry may come back. */
    private boolean fits(PeRestoration restoration) throws IOException {
        int padding = restoration.padding();
        byte[] end = source.read(headers.contentEnd(source) - padding, padding).array();
        return Arrays.equals(end, new byte[padding]) && restoration.directory() >>> Integer.SIZE == 0;
    }
}
