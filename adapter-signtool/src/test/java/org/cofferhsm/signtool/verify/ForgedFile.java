package org.cofferhsm.signtool.verify;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeOids;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.Decoding;
import org.cofferhsm.signtool.authenticode.PageHashes;
import org.cofferhsm.signtool.authenticode.PreparedSignature;
import org.cofferhsm.signtool.authenticode.SignatureTemplate;
import org.cofferhsm.signtool.authenticode.SignedContent;
import org.cofferhsm.signtool.authenticode.SpcIndirectData;
import org.cofferhsm.signtool.authenticode.SpcPeImageData;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.testing.TestSigner;

/** Makes what {@code SignatureWriter} would refuse to write. */
final class ForgedFile {

    private ForgedFile() {}

    /** Puts a signature into a file without looking at it. */
    static void withSignature(Path file, AuthenticodeSignature signature) throws IOException {
        withSignatures(file, signature);
    }

    /** Puts signatures beside each other into a file without looking at them. */
    static void withSignatures(Path file, AuthenticodeSignature... signatures) throws IOException {
        List<Octets> encoded =
                Arrays.stream(signatures).map(one -> Octets.of(one.encoded())).toList();
        Path forged = Files.createTempFile(file.getParent(), "forged", ".tmp");
        try (OpenFile open = OpenFile.read(file);
                FileChannel target = FileChannel.open(forged, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            open.content().writeSigned(encoded, target);
        }
        Files.move(forged, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The same signature with one bit of its value changed. */
    static AuthenticodeSignature withOtherValue(AuthenticodeSignature signature) {
        byte[] value = signature.signatureValue();
        value[value.length - 1] ^= 1;
        SignerInfo old = signature.signerInfo();
        SignerInfo changed = new SignerInfo(
                old.getSID(),
                old.getDigestAlgorithm(),
                old.getAuthenticatedAttributes(),
                old.getDigestEncryptionAlgorithm(),
                new DEROctetString(value),
                old.getUnauthenticatedAttributes());
        return rebuilt(signature, data(signature).getCertificates(), changed);
    }

    /** The same signature with so many tokens that are none. */
    static AuthenticodeSignature withTokens(AuthenticodeSignature signature, int count) {
        ASN1Encodable[] tokens = new ASN1Encodable[count];
        Arrays.fill(tokens, new DERSequence());
        SignerInfo old = signature.signerInfo();
        SignerInfo changed = new SignerInfo(
                old.getSID(),
                old.getDigestAlgorithm(),
                old.getAuthenticatedAttributes(),
                old.getDigestEncryptionAlgorithm(),
                old.getEncryptedDigest(),
                new DERSet(new Attribute(AuthenticodeOids.RFC3161_TIMESTAMP, new DERSet(tokens))));
        return rebuilt(signature, data(signature).getCertificates(), changed);
    }

    /** The same content with another signer's statement. */
    static AuthenticodeSignature withSigner(AuthenticodeSignature signature, SignerInfo signer) {
        return rebuilt(signature, data(signature).getCertificates(), signer);
    }

    static AuthenticodeSignature withoutCertificates(AuthenticodeSignature signature) {
        return rebuilt(signature, new DERSet(), signature.signerInfo());
    }

    private static SignedData data(AuthenticodeSignature signature) {
        return SignedData.getInstance(
                ContentInfo.getInstance(signature.encoded()).getContent());
    }

    private static AuthenticodeSignature rebuilt(
            AuthenticodeSignature signature, ASN1Set certificates, SignerInfo signer) {
        SignedData old = data(signature);
        SignedData changed = new SignedData(
                old.getVersion(),
                old.getDigestAlgorithms(),
                old.getEncapContentInfo(),
                certificates,
                null,
                new DERSet(signer));
        return AuthenticodeSignature.parse(Decoding.der(new ContentInfo(PKCSObjectIdentifiers.signedData, changed)));
    }

    /** A properly signed description of the file whose page hashes are wrong. */
    static AuthenticodeSignature withOtherPages(TestSigner signer, AuthenticodeSignature honest) {
        SpcIndirectData data = honest.content().indirectData().orElseThrow();
        PageHashes pages = data.value()
                .map(SpcPeImageData::parse)
                .orElseThrow()
                .pageHashes()
                .orElseThrow();
        byte[] table = pages.table().toByteArray();
        table[4] ^= 1;
        PageHashes wrong = new PageHashes(pages.algorithm(), Octets.of(table));
        SignedContent content = SignedContent.of(new SpcIndirectData(
                data.type(),
                Optional.of(new SpcPeImageData(Optional.of(wrong)).toAsn1()),
                data.algorithm(),
                data.digest()));
        PreparedSignature prepared =
                SignatureTemplate.of(signer.chain(), data.algorithm()).prepare(content);
        return prepared.complete(signer.sign(prepared));
    }
}
