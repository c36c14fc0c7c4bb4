package org.cofferhsm.signtool.format.msi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeOids;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.PaddedSignature;
import org.cofferhsm.signtool.authenticode.SignedContent;
import org.cofferhsm.signtool.authenticode.SpcIndirectData;
import org.cofferhsm.signtool.authenticode.SpcSipInfo;
import org.cofferhsm.signtool.format.ContentCheck;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.format.SignableFile;
import org.cofferhsm.signtool.format.Source;

/**
 * An installer database, open for reading.
 *
 * @param preHashed whether new signatures cover names, sizes and times too, as SignTool's do
 */
record MsiFile(CompoundFile file, boolean preHashed) implements SignableFile {

    private static final Octets SIP = Octets.ofHex("f1100c0000000000c000000000000046");
    private static final int VERSION = 1;

    /** SignTool writes this together with a pre-hash; other programs do not, so nothing relies on it. */
    private static final int VERSION_WITH_PRE_HASH = 2;

    @Override
    public SignedContent content(ContentOptions options) throws IOException {
        MsiDigest digest = new MsiDigest(file, options.digest());
        return SignedContent.of(SpcIndirectData.of(
                AuthenticodeOids.SIP_INFO,
                new SpcSipInfo(preHashed ? VERSION_WITH_PRE_HASH : VERSION, SIP).toAsn1(),
                options.digest(),
                (preHashed ? digest.extended() : digest.plain()).toByteArray()));
    }

    @Override
    public ContentCheck check(SignedContent signed) throws IOException {
        SpcIndirectData data = described(signed);
        MsiDigest digest = new MsiDigest(file, data.algorithm());
        Optional<Octets> preHash = SignatureStreams.preHash(file);
        return new ContentCheck(
                data.algorithm(),
                data.digest(),
                preHash.isPresent() ? digest.extended() : digest.plain(),
                ContentCheck.Pages.ABSENT,
                uncovered(preHash.filter(found -> !found.equals(digest.preHash()))));
    }

    private static SpcIndirectData described(SignedContent signed) {
        return signed.indirectData()
                .filter(found -> found.type().equals(AuthenticodeOids.SIP_INFO))
                .filter(found -> sip(found).filter(sip -> sip.sip().equals(SIP)).isPresent())
                .orElseThrow(() -> HsmException.dataInvalid("the signature is not one of an installer database"));
    }

    private static Optional<SpcSipInfo> sip(SpcIndirectData data) {
        return data.value().map(SpcSipInfo::parse);
    }

    private Optional<String> uncovered(Optional<Octets> wrongPreHash) throws IOException {
        if (wrongPreHash.isPresent()) {
            return Optional.of("the pre-hash beside the signature is not the one of the database");
        }
        if (!SignatureStreams.signature(file).map(PaddedSignature::clean).orElse(true)) {
            return Optional.of("there is data behind the signature");
        }
        return hasTail() ? Optional.of("there is data behind the last sector in use") : Optional.empty();
    }

    /**
     * Java reads an archive from its end, so a JAR that is appended to a signed database must not go unnoticed; what the
     * FAT, which nobody signed, says of such sectors does not matter.
     */
    private boolean hasTail() throws IOException {
        Source source = file.sectors().source();
        boolean[] found = {false};
        long end = Math.min(source.size(), file.sectors().offset(file.fat().end()));
        source.pass(end, source.size(), piece -> found[0] |= hasData(piece));
        return found[0];
    }

    private static boolean hasData(ByteBuffer piece) {
        boolean data = false;
        while (piece.hasRemaining()) {
            data |= piece.get() != 0;
        }
        return data;
    }

    @Override
    public List<Octets> signatures() throws IOException {
        return SignatureStreams.signature(file).map(PaddedSignature::signature).stream()
                .toList();
    }

    @Override
    public Optional<Octets> restoration() throws IOException {
        return SignatureStreams.in(file).isEmpty()
                ? Optional.of(MsiRestoration.before(file).encoded())
                : recorded();
    }

    @Override
    public void writeSigned(List<Octets> signatures, FileChannel target) throws IOException {
        if (signatures.size() != 1) {
            throw HsmException.argumentInvalid("a database holds one signature; others can only be nested in it");
        }
        byte[] encoded = signatures.get(0).toByteArray();
        if (encoded.length > SignatureStreams.MOST_BYTES) {
            throw HsmException.argumentInvalid("the signature is too large: " + encoded.length + " bytes");
        }
        List<NewStream> streams = new ArrayList<>();
        streams.add(new NewStream(SignatureStreams.SIGNATURE, encoded));
        preHashFor(AuthenticodeSignature.parse(encoded))
                .map(preHash -> new NewStream(SignatureStreams.PRE_HASH, preHash.toByteArray()))
                .ifPresent(streams::add);
        writeUnsigned(target);
        CompoundFile unsigned =
                CompoundFile.read(Source.of(file.sectors().source().path(), target));
        StreamAppender.add(unsigned, streams, Edits.of(target));
    }

    /** The pre-hash, unless the signature is one over the content alone. */
    private Optional<Octets> preHashFor(AuthenticodeSignature signature) throws IOException {
        SpcIndirectData data = described(signature.content());
        MsiDigest digest = new MsiDigest(file, data.algorithm());
        boolean maybePlain = sip(data).filter(sip -> sip.version() == VERSION).isPresent();
        if (maybePlain && data.digest().equals(digest.plain())) {
            return Optional.empty();
        }
        requireOneAlgorithm(signature, data);
        return Optional.of(digest.preHash());
    }

    private static void requireOneAlgorithm(AuthenticodeSignature signature, SpcIndirectData data) {
        for (AuthenticodeSignature nested : signature.nested()) {
            if (described(nested.content()).algorithm() != data.algorithm()) {
                throw HsmException.argumentInvalid("a database holds one pre-hash, so a nested signature must use the"
                        + " hash function of the first: " + data.algorithm().signToolName());
            }
            requireOneAlgorithm(nested, data);
        }
    }

    @Override
    public void writeUnsigned(FileChannel target) throws IOException {
        if (SignatureStreams.in(file).isEmpty()) {
            file.sectors().source().copy(0, file.sectors().source().size(), target);
        } else {
            new MsiRestorer(file).write(recorded().flatMap(MsiRestoration::of), target);
        }
    }
}
