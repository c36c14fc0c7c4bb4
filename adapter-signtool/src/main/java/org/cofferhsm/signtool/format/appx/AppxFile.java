package org.cofferhsm.signtool.format.appx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeOids;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.SignedContent;
import org.cofferhsm.signtool.authenticode.SpcIndirectData;
import org.cofferhsm.signtool.authenticode.SpcSipInfo;
import org.cofferhsm.signtool.format.ContentCheck;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.format.SignableFile;
import org.cofferhsm.signtool.format.Source;

/** A package or a bundle, open for reading. */
record AppxFile(Source source, ZipDirectory directory) implements SignableFile {

    private static final int SIP_VERSION = 0x0101_0000;
    private static final Octets PACKAGE_SIP = Octets.ofHex("4bdfc50a07cee24db76e23c839a09fd1");
    private static final Octets BUNDLE_SIP = Octets.ofHex("b3585f0fdeaa9a4ba43495742d92eceb");

    @Override
    public SignedContent content(ContentOptions options) throws IOException {
        DigestAlgorithm required = BlockMap.hashMethod(source, directory);
        if (options.digest() != required) {
            throw HsmException.argumentInvalid(source.path() + " can be signed with " + required.signToolName()
                    + " only, as its block map uses that (Windows refuses anything else with 0x8007000B); give /fd "
                    + required.signToolName());
        }
        if (options.signer().isPresent()) {
            Publisher.require(options.signer().get(), source, directory);
        }
        return SignedContent.of(SpcIndirectData.of(
                AuthenticodeOids.SIP_INFO,
                sip().toAsn1(),
                required,
                SignablePackage.of(source, directory).digest(required).toByteArray()));
    }

    private SpcSipInfo sip() {
        boolean bundle = directory.find(PackageFile.BUNDLE_MANIFEST).isPresent();
        return new SpcSipInfo(SIP_VERSION, bundle ? BUNDLE_SIP : PACKAGE_SIP);
    }

    @Override
    public ContentCheck check(SignedContent signed) throws IOException {
        SpcIndirectData data = signed.indirectData()
                .filter(found -> found.type().equals(AuthenticodeOids.SIP_INFO))
                .filter(found -> found.value().map(SpcSipInfo::parse).equals(Optional.of(sip())))
                .orElseThrow(() -> HsmException.dataInvalid("the signature is not one of such a package"));
        DigestAlgorithm required = BlockMap.hashMethod(source, directory);
        if (data.algorithm() != required) {
            throw HsmException.dataInvalid(
                    "the signature uses " + data.algorithm().jcaName() + ", the package's block map "
                            + required.jcaName() + "; Windows accepts only the same for both");
        }
        return new ContentCheck(
                required,
                data.digest(),
                SignablePackage.signed(source, directory).digest(required),
                ContentCheck.Pages.ABSENT,
                PackageSignature.read(source, directory).flatMap(PackageSignature::uncovered));
    }

    @Override
    public List<Octets> signatures() throws IOException {
        return PackageSignature.read(source, directory).map(PackageSignature::signature).stream()
                .toList();
    }

    @Override
    public Optional<Octets> restoration() throws IOException {
        return directory.find(PackageFile.SIGNATURE).isPresent()
                ? recorded()
                : new PackageRestorer(source, directory).before().map(AppxRestoration::encoded);
    }

    @Override
    public void writeSigned(List<Octets> signatures, FileChannel target) throws IOException {
        if (signatures.size() != 1) {
            throw HsmException.argumentInvalid("a package holds one signature; others can only be nested in it");
        }
        PackageBody body = SignablePackage.of(source, directory).body();
        StoredData signature = PackageSignature.stored(signatures.get(0));
        if (signature.content().length > PackageFile.SIGNATURE.mostBytes()) {
            throw HsmException.argumentInvalid("the signature is too large: " + signature.content().length);
        }
        ZipEntry entry = body.directory().require(PackageFile.CONTENT_TYPES).stored(signature, body.length());
        byte[] header = entry.localHeader();
        body.pass(piece -> PackageRestorer.append(piece, target));
        PackageRestorer.append(ByteBuffer.wrap(header), target);
        PackageRestorer.append(ByteBuffer.wrap(signature.content()), target);
        long start = body.length() + header.length + signature.content().length;
        PackageRestorer.append(ByteBuffer.wrap(body.directory().with(entry).encoded(start)), target);
    }

    @Override
    public void writeUnsigned(FileChannel target) throws IOException {
        new PackageRestorer(source, directory).write(recorded().flatMap(AppxRestoration::of), target);
    }
}
