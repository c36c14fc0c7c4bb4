package org.cofferhsm.signtool.commandline.sign;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.Decoding;
import org.cofferhsm.signtool.authenticode.SignedContent;
import org.cofferhsm.signtool.commandline.SignToolException;

/** How a PKCS#7 file holds its signature ({@code /p7ce}). */
public enum Pkcs7Form {
    /** A ContentInfo with the content in it. */
    EMBEDDED("Embedded"),
    /** The SignedData alone, without the content. */
    DETACHED_SIGNED_DATA("DetachedSignedData"),
    /** A ContentInfo without the content. */
    PKCS7_DETACHED_SIGNED_DATA("Pkcs7DetachedSignedData");

    private static final String WHAT = "the PKCS#7 file";

    private final String spelling;

    Pkcs7Form(String spelling) {
        this.spelling = spelling;
    }

    static Pkcs7Form named(String text) {
        return Arrays.stream(values())
                .filter(form -> form.spelling.equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new SignToolException("The value of the /p7ce option is not valid: " + text));
    }

    /** A file's bytes as what is signed: an OCTET STRING of that type. */
    static SignedContent content(ASN1ObjectIdentifier type, byte[] bytes) {
        return new SignedContent(type, Octets.of(Decoding.der(new DEROctetString(bytes))));
    }

    /** The file. */
    byte[] encode(AuthenticodeSignature signature) {
        if (this == EMBEDDED) {
            return signature.encoded();
        }
        SignedData whole = data(signature.encoded());
        SignedData detached =
                with(whole, new ContentInfo(whole.getEncapContentInfo().getContentType(), null));
        return Decoding.dl(
                this == DETACHED_SIGNED_DATA ? detached : new ContentInfo(PKCSObjectIdentifiers.signedData, detached));
    }

    /**
     * Reads any of the forms.
     *
     * @param content what was signed, for the detached forms ({@code /p7content})
     */
    public static AuthenticodeSignature parse(byte[] file, Optional<byte[]> content) {
        SignedData data = data(file);
        ContentInfo inner = data.getEncapContentInfo();
        if (inner.getContent() == null && content.isEmpty()) {
            throw new SignToolException("The PKCS#7 file has no content; use the /p7content option.");
        }
        SignedData whole = content.isEmpty()
                ? data
                : with(data, new ContentInfo(inner.getContentType(), new DEROctetString(content.get())));
        return AuthenticodeSignature.parse(Decoding.dl(new ContentInfo(PKCSObjectIdentifiers.signedData, whole)));
    }

    private static SignedData data(byte[] file) {
        return Decoding.of(WHAT, () -> {
            ASN1Sequence outer = ASN1Sequence.getInstance(Decoding.first(WHAT, file));
            ASN1Encodable first = outer.getObjectAt(0);
            return first.toASN1Primitive() instanceof ASN1ObjectIdentifier
                    ? SignedData.getInstance(ContentInfo.getInstance(outer).getContent())
                    : SignedData.getInstance(outer);
        });
    }

    private static SignedData with(SignedData data, ContentInfo content) {
        return new SignedData(
                data.getVersion(),
                data.getDigestAlgorithms(),
                content,
                data.getCertificates(),
                data.getCRLs(),
                data.getSignerInfos());
    }
}
