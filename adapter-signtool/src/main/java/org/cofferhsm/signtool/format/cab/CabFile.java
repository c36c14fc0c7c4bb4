package org.cofferhsm.signtool.format.cab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeOids;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.PaddedSignature;
import org.cofferhsm.signtool.authenticode.SignedContent;
import org.cofferhsm.signtool.authenticode.SpcIndirectData;
import org.cofferhsm.signtool.authenticode.SpcLink;
import org.cofferhsm.signtool.format.ContentCheck;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.format.SignableFile;
import org.cofferhsm.signtool.format.SoleSignature;
import org.cofferhsm.signtool.format.Source;

/** A cabinet, open for reading. */
record CabFile(Source source, CabHeader header) implements SignableFile {

    private static final int ALIGNMENT = 8;

    /** Far above any signature, and little enough to read. */
    private static final int MOST_BYTES = 1 << 24;

    @Override
    public SignedContent content(ContentOptions options) throws IOException {
        CabHeader signed = header.with(header.reserve().forSignature());
        return SignedContent.of(new SpcIndirectData(
                AuthenticodeOids.CAB_DATA,
                Optional.of(SpcLink.OBSOLETE.toAsn1()),
                options.digest(),
                digest(signed, options.digest())));
    }

    private Octets digest(CabHeader head, DigestAlgorithm algorithm) throws IOException {
        MessageDigest digest = algorithm.startOver(source.size());
        head.addTo(digest);
        source.pass(header.length(), header.size(), digest::update);
        return Octets.of(digest.digest());
    }

    @Override
    public ContentCheck check(SignedContent signed) throws IOException {
        SpcIndirectData data = signed.indirectData()
                .filter(found -> found.type().equals(AuthenticodeOids.CAB_DATA))
                .orElseThrow(() -> HsmException.dataInvalid("the signature is not one of a cabinet"));
        boolean clean = stored().map(PaddedSignature::clean).orElse(true);
        return new ContentCheck(
                data.algorithm(),
                data.digest(),
                digest(header, data.algorithm()),
                ContentCheck.Pages.ABSENT,
                clean ? Optional.empty() : Optional.of("there is data behind the signature of the cabinet"));
    }

    @Override
    public List<Octets> signatures() throws IOException {
        return stored().map(PaddedSignature::signature).stream().toList();
    }

    private Optional<PaddedSignature> stored() throws IOException {
        CabReserve reserve = header.reserve();
        if (!reserve.isSigned()) {
            return Optional.empty();
        }
        CabHeader.require(reserve.signatureSize() <= MOST_BYTES, source, "its signature has more than 16 MB");
        byte[] bytes = source.read(reserve.signatureOffset(), (int) reserve.signatureSize())
                .array();
        return Optional.of(PaddedSignature.of("the signature in the cabinet", bytes));
    }

    @Override
    public Optional<Octets> restoration() throws IOException {
        return header.reserve().isSigned()
                ? recorded()
                : CabRestoration.of(header.reserve()).map(CabRestoration::encoded);
    }

    @Override
    public void writeSigned(List<Octets> signatures, FileChannel target) throws IOException {
        byte[] signature = padded(SoleSignature.of("a cabinet", signatures));
        CabHeader signed = header.with(header.reserve().forSignature());
        if (signature.length > MOST_BYTES || signed.size() + signature.length >>> Integer.SIZE != 0) {
            throw HsmException.argumentInvalid(source.path() + " is too large: a signed cabinet has less than 4 GB");
        }
        write(signed.with(signed.reserve().pointing(signed.size(), signature.length)), target);
        append(ByteBuffer.wrap(signature), target);
    }

    private static byte[] padded(Octets signature) {
        return Arrays.copyOf(signature.toByteArray(), (signature.length() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    }

    @Override
    public void writeUnsigned(FileChannel target) throws IOException {
        CabReserve reserve = header.reserve();
        write(
                header.with(recorded()
                        .flatMap(CabRestoration::of)
                        .flatMap(known -> known.apply(reserve))
                        .orElseGet(reserve::withoutSignature)),
                target);
    }

    private void write(CabHeader head, FileChannel target) throws IOException {
        append(head.encoded(), target);
        source.copy(header.length(), header.size(), target);
    }

    private static void append(ByteBuffer bytes, FileChannel target) throws IOException {
        while (bytes.hasRemaining()) {
            target.write(bytes);
        }
    }
}
