package org.cofferhsm.signtool.authenticode;

import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.CMSAttributes;

/**
 * Who signs, by which hash function, and what the signature says besides: everything of a signature that does not
 * depend on the file. The same template may prepare any number of signatures.
 *
 * @param chain the signer's certificate first, then whatever shall travel with the signature ({@code /ac}, issuers)
 * @param digest the hash function ({@code /fd}), for the file and for the signature
 * @param opusInfo description and URL ({@code /d}, {@code /du})
 * @param statements further signed attributes as text ({@code /sa}), by object identifier
 */
public record SignatureTemplate(
        List<X509Certificate> chain, DigestAlgorithm digest, SpcOpusInfo opusInfo, Map<String, String> statements) {

    /** What no statement can be, since a signature has it anyway, or not as a text (RFC 5652 §11). */
    public static final Set<String> OWN_ATTRIBUTES = Set.of(
            CMSAttributes.contentType.getId(),
            CMSAttributes.messageDigest.getId(),
            CMSAttributes.signingTime.getId(),
            CMSAttributes.counterSignature.getId(),
            AuthenticodeOids.STATEMENT_TYPE.getId(),
            AuthenticodeOids.OPUS_INFO.getId());

    public SignatureTemplate {
        chain = List.copyOf(chain);
        statements = Map.copyOf(statements);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a signature needs its signer's certificate");
        }
    }

    /** Without any description. */
    public static SignatureTemplate of(List<X509Certificate> chain, DigestAlgorithm digest) {
        return new SignatureTemplate(chain, digest, SpcOpusInfo.EMPTY, Map.of());
    }

    /** With the program's description and URL. */
    public SignatureTemplate describedBy(SpcOpusInfo info) {
        return new SignatureTemplate(chain, digest, info, statements);
    }

    /** With one more signed attribute whose value is a text. */
    public SignatureTemplate stating(String oid, String text) {
        Map<String, String> all = new LinkedHashMap<>(statements);
        all.put(oid, text);
        return new SignatureTemplate(chain, digest, opusInfo, all);
    }

    /** The signer's certificate. */
    public X509Certificate signer() {
        return chain.get(0);
    }

    /**
     * A signature over this content that lacks only its value. The result depends on nothing else: no time is in it, so
     * the same content gives the same bytes to sign.
     */
    public PreparedSignature prepare(SignedContent content) {
        return PreparedSignature.of(this, content, signedAttributes(content));
    }

    private AttributeSet signedAttributes(SignedContent content) {
        AttributeSet attributes = AttributeSet.EMPTY
                .with(CMSAttributes.contentType, content.type())
                .with(AuthenticodeOids.STATEMENT_TYPE, new DERSequence(AuthenticodeOids.INDIVIDUAL_CODE_SIGNING))
                .with(CMSAttributes.messageDigest, new DEROctetString(content.digest(digest)))
                .with(AuthenticodeOids.OPUS_INFO, opusInfo.toAsn1());
        for (Map.Entry<String, String> one : statements.entrySet()) {
            attributes = attributes.with(new ASN1ObjectIdentifier(one.getKey()), text(one.getValue()));
        }
        return attributes;
    }

    private static ASN1Encodable text(String value) {
        return new DERUTF8String(value);
    }
}
