package org.cofferhsm.signtool.format.cat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeOids;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.Decoding;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.SignedContent;
import org.cofferhsm.signtool.format.ContentCheck;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.format.SignableFile;
import org.cofferhsm.signtool.format.SoleSignature;

/**
 * A catalog: the list is the content itself that its signature signs, so there is no digest of the file.
 *
 * @param bytes the whole file
 * @param data its SignedData, with or without signer
 * @param list the certificate trust list
 */
record CatFile(Octets bytes, SignedData data, SignedContent list) implements SignableFile {

    private static final String WHAT = "the catalog (PKCS#7 SignedData)";

    static CatFile of(byte[] bytes) {
        return Decoding.of(WHAT, () -> {
            ContentInfo outer = ContentInfo.getInstance(Decoding.whole(WHAT, bytes));
            if (!outer.getContentType().equals(PKCSObjectIdentifiers.signedData)) {
                throw new IllegalArgumentException("its type is " + outer.getContentType());
            }
            SignedData data = SignedData.getInstance(outer.getContent());
            return new CatFile(Octets.of(bytes), data, list(data.getEncapContentInfo()));
        });
    }

    /** The list, which must be a sequence: its tag is the one byte of it that no signature covers (RFC 2315 9.3). */
    private static SignedContent list(ContentInfo content) {
        if (!content.getContentType().equals(AuthenticodeOids.CERTIFICATE_TRUST_LIST) || content.getContent() == null) {
            throw new IllegalArgumentException("it holds no certificate trust list");
        }
        ASN1Sequence list = ASN1Sequence.getInstance(content.getContent());
        return new SignedContent(content.getContentType(), Octets.of(Decoding.dl(list)));
    }

    private boolean isSigned() {
        return data.getSignerInfos().size() > 0;
    }

    @Override
    public SignedContent content(ContentOptions options) {
        return list;
    }

    @Override
    public ContentCheck check(SignedContent signed) {
        if (!signed.type().equals(list.type())) {
            throw HsmException.dataInvalid("the signature is not one of a catalog");
        }
        return ContentCheck.of(DigestAlgorithm.SHA256, digest(signed), digest(list));
    }

    private static Octets digest(SignedContent content) {
        return Octets.of(DigestAlgorithm.SHA256.digest(content.encoded().toByteArray()));
    }

    @Override
    public List<Octets> signatures() {
        return isSigned() ? List.of(bytes) : List.of();
    }

    @Override
    public Optional<Octets> restoration() {
        return isSigned()
                ? AuthenticodeSignature.parse(bytes.toByteArray()).restoration()
                : CatalogBytes.around(list.encoded().toByteArray(), bytes.toByteArray())
                        .map(CatalogBytes::encoded);
    }

    @Override
    public void writeSigned(List<Octets> signatures, FileChannel target) throws IOException {
        Octets signature = SoleSignature.of("a catalog", signatures);
        if (!of(signature.toByteArray()).list.equals(list)) {
            throw HsmException.argumentInvalid("the signature is one of another catalog");
        }
        write(signature.toByteArray(), target);
    }

    @Override
    public void writeUnsigned(FileChannel target) throws IOException {
        write(isSigned() ? restored().orElseGet(this::unsigned) : bytes.toByteArray(), target);
    }

    private Optional<byte[]> restored() {
        return restoration()
                .flatMap(CatalogBytes::of)
                .map(around -> around.around(list.encoded().toByteArray()))
                .filter(this::isUnsignedTwin);
    }

    /** Nobody signed the restoration, so it must give this catalog without a signer, and nothing else. */
    private boolean isUnsignedTwin(byte[] restored) {
        try {
            CatFile twin = of(restored);
            return !twin.isSigned() && twin.list.equals(list);
        } catch (HsmException e) {
            return false; // somebody damaged it: the catalog is written without it
        }
    }

    private byte[] unsigned() {
        SignedData empty =
                new SignedData(new ASN1Integer(1), new DERSet(), data.getEncapContentInfo(), null, null, new DERSet());
        return Decoding.dl(new ContentInfo(PKCSObjectIdentifiers.signedData, empty));
    }

    private static void write(byte[] bytes, FileChannel target) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            target.write(left);
        }
    }
}
