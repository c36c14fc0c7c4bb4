package org.cofferhsm.signtool.authenticode;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/**
 * One finished signature as it stands in a file: a SignedData (RFC 2315 §9) with one signer, further signatures nested
 * in it, and its timestamps. Immutable: what {@code with…} and {@code without…} return is a changed copy; they touch
 * only what is not signed, so the signature stays as good as it was.
 *
 * <p>Parsing proves nothing: {@code org.cofferhsm.signtool.verify} says what a signature is worth.
 */
public final class AuthenticodeSignature {

    private static final String WHAT = "the signature (PKCS#7 SignedData)";

    private final SignedData data;
    private final SignerInfo signer;
    private final AttributeSet signed;
    private final AttributeSet unsigned;

    private AuthenticodeSignature(SignedData data, SignerInfo signer) {
        this.data = data;
        this.signer = signer;
        this.signed = AttributeSet.of(signer.getAuthenticatedAttributes());
        this.unsigned = AttributeSet.of(signer.getUnauthenticatedAttributes());
    }

    /** Reads a ContentInfo; bytes behind it are ignored, as formats pad their signatures. */
    public static AuthenticodeSignature parse(byte[] encoded) {
        return of(Decoding.first(WHAT, encoded));
    }

    /**
     * Reads one whose content stands elsewhere, as beside the signature file of a JAR.
     *
     * @param content what was signed, as it is: PKCS#7 data (RFC 2315 §8)
     */
    public static AuthenticodeSignature detached(byte[] encoded, byte[] content) {
        SignedData bare = parse(encoded).data;
        ContentInfo inner = new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(content));
        return Decoding.of(
                WHAT,
                () -> of(new SignedData(
                        bare.getVersion(),
                        bare.getDigestAlgorithms(),
                        inner,
                        bare.getCertificates(),
                        bare.getCRLs(),
                        bare.getSignerInfos())));
    }

    static AuthenticodeSignature of(ASN1Encodable contentInfo) {
        return Decoding.of(WHAT, () -> {
            ContentInfo outer = ContentInfo.getInstance(contentInfo);
            if (!outer.getContentType().equals(PKCSObjectIdentifiers.signedData)) {
                throw new IllegalArgumentException("its type is " + outer.getContentType());
            }
            return of(SignedData.getInstance(outer.getContent()));
        });
    }

    private static AuthenticodeSignature of(SignedData data) {
        ASN1Set signers = data.getSignerInfos();
        if (signers.size() != 1) {
            throw new IllegalArgumentException("it has " + signers.size() + " signers instead of one");
        }
        return new AuthenticodeSignature(data, SignerInfo.getInstance(signers.getObjectAt(0)));
    }

    /** What was signed: usually the description of a file. */
    public SignedContent content() {
        return Decoding.of(WHAT, () -> SignedContent.of(data.getEncapContentInfo()));
    }

    /** The SignerInfo as it stands. */
    public SignerInfo signerInfo() {
        return signer;
    }

    /** The hash function of the signature, and by custom of the file's digest. */
    public DigestAlgorithm digestAlgorithm() {
        ASN1ObjectIdentifier oid = signer.getDigestAlgorithm().getAlgorithm();
        return DigestAlgorithm.of(oid)
                .orElseThrow(() -> HsmException.dataInvalid("the signature uses an unknown hash function, " + oid));
    }

    /** The signature value: what timestamps speak of. */
    public byte[] signatureValue() {
        return signer.getEncryptedDigest().getOctets();
    }

    /** The certificates that travel with the signature, in the order found. */
    public List<X509Certificate> certificates() {
        return EmbeddedCertificates.read(data.getCertificates());
    }

    /** The signer's certificate, if the signature brings it. */
    public Optional<X509Certificate> signerCertificate() {
        return EmbeddedCertificates.of(signer.getSID(), certificates());
    }

    /** The program's description and URL. */
    public SpcOpusInfo opusInfo() {
        return signedValue(AuthenticodeOids.OPUS_INFO).map(SpcOpusInfo::parse).orElse(SpcOpusInfo.EMPTY);
    }

    /** The value of a signed attribute, if it is there; an attribute with several values is refused. */
    public Optional<ASN1Encodable> signedValue(ASN1ObjectIdentifier type) {
        return Decoding.of(WHAT, () -> signed.value(type));
    }

    /** The signatures nested directly in this one; theirs are theirs. */
    public List<AuthenticodeSignature> nested() {
        return Decoding.of(
                WHAT,
                () -> unsigned.values(AuthenticodeOids.NESTED_SIGNATURE).stream()
                        .map(AuthenticodeSignature::of)
                        .toList());
    }

    /** The RFC 3161 timestamp tokens, each a ContentInfo in DER. */
    public List<Octets> timestampTokens() {
        return Decoding.of(
                WHAT,
                () -> unsigned.values(AuthenticodeOids.RFC3161_TIMESTAMP).stream()
                        .map(token -> Octets.of(Decoding.dl(token)))
                        .toList());
    }

    /** The legacy timestamps: countersignatures (PKCS#9), whose certificates are among this signature's. */
    public List<SignerInfo> counterSignatures() {
        return Decoding.of(
                WHAT,
                () -> unsigned.values(CMSAttributes.counterSignature).stream()
                        .map(SignerInfo::getInstance)
                        .toList());
    }

    /** What the format put aside for giving back the unsigned file's bytes. */
    public Optional<Octets> restoration() {
        return Decoding.of(
                WHAT,
                () -> unsigned.value(AuthenticodeOids.RESTORATION)
                        .map(value ->
                                Octets.of(ASN1OctetString.getInstance(value).getOctets())));
    }

    /** With one more signature nested in it ({@code /as}). */
    public AuthenticodeSignature withNested(AuthenticodeSignature other) {
        return withUnsigned(unsigned.with(AuthenticodeOids.NESTED_SIGNATURE, other.toAsn1()));
    }

    /** With these nested signatures in place of those it has, in this order; for changing one of them. */
    public AuthenticodeSignature withAllNested(List<AuthenticodeSignature> others) {
        AttributeSet attributes = unsigned.without(AuthenticodeOids.NESTED_SIGNATURE);
        for (AuthenticodeSignature other : others) {
            attributes = attributes.with(AuthenticodeOids.NESTED_SIGNATURE, other.toAsn1());
        }
        return withUnsigned(attributes);
    }

    /** With this RFC 3161 token as its only timestamp. */
    public AuthenticodeSignature withTimestampToken(byte[] contentInfo) {
        return withUnsigned(withoutTimestamps()
                .with(AuthenticodeOids.RFC3161_TIMESTAMP, Decoding.whole("the timestamp token", contentInfo)));
    }

    /** With this token as other programs than Windows look for it: the attribute of RFC 3161, appendix A. */
    public AuthenticodeSignature withCmsTimestampToken(byte[] contentInfo) {
        ASN1ObjectIdentifier type = PKCSObjectIdentifiers.id_aa_signatureTimeStampToken;
        return withUnsigned(unsigned.without(type).with(type, Decoding.whole("the timestamp token", contentInfo)));
    }

    /** The same with such a token taken for one of Authenticode, so that it is verified like one. */
    public AuthenticodeSignature adoptingCmsTimestampToken() {
        return Decoding.of(WHAT, () -> unsigned.value(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken))
                .map(token -> withUnsigned(withoutTimestamps().with(AuthenticodeOids.RFC3161_TIMESTAMP, token)))
                .orElse(this);
    }

    /**
     * With this countersignature as its only timestamp.
     *
     * @param certificates those that prove it, put beside the signer's own
     */
    public AuthenticodeSignature withCounterSignature(SignerInfo counterSignature, List<X509Certificate> certificates) {
        AttributeSet attributes = withoutTimestamps().with(CMSAttributes.counterSignature, counterSignature);
        return withUnsigned(attributes)
                .withCertificates(EmbeddedCertificates.add(data.getCertificates(), certificates));
    }

    private AttributeSet withoutTimestamps() {
        return unsigned.without(AuthenticodeOids.RFC3161_TIMESTAMP).without(CMSAttributes.counterSignature);
    }

    /** With what the format needs to give back the unsigned file's bytes. */
    public AuthenticodeSignature withRestoration(Octets restoration) {
        return withUnsigned(unsigned.without(AuthenticodeOids.RESTORATION)
                .with(AuthenticodeOids.RESTORATION, new DEROctetString(restoration.toByteArray())));
    }

    /** Without timestamps and nested signatures ({@code remove /u}); only the restoration stays. */
    public AuthenticodeSignature withoutUnsigned() {
        return withUnsigned(unsigned.only(AuthenticodeOids.RESTORATION));
    }

    /** Without all certificates but the signer's ({@code remove /c}). */
    public AuthenticodeSignature withoutOtherCertificates() {
        return withCertificates(EmbeddedCertificates.only(signer.getSID(), data.getCertificates()));
    }

    private AuthenticodeSignature withCertificates(ASN1Set certificates) {
        return new AuthenticodeSignature(copy(certificates, signer), signer);
    }

    private AuthenticodeSignature withUnsigned(AttributeSet attributes) {
        return with(signer.getEncryptedDigest(), attributes);
    }

    AuthenticodeSignature withValue(byte[] value) {
        return with(new DEROctetString(value), unsigned);
    }

    private AuthenticodeSignature with(ASN1OctetString value, AttributeSet attributes) {
        SignerInfo changed = new SignerInfo(
                signer.getSID(),
                signer.getDigestAlgorithm(),
                signer.getAuthenticatedAttributes(),
                signer.getDigestEncryptionAlgorithm(),
                value,
                attributes.toAsn1());
        return new AuthenticodeSignature(copy(data.getCertificates(), changed), changed);
    }

    private SignedData copy(ASN1Set certificates, SignerInfo changed) {
        return new SignedData(
                data.getVersion(),
                data.getDigestAlgorithms(),
                data.getEncapContentInfo(),
                certificates,
                data.getCRLs(),
                new DERSet(changed));
    }

    ContentInfo toAsn1() {
        return new ContentInfo(PKCSObjectIdentifiers.signedData, data);
    }

    /** The encoding that goes into the file, without padding. */
    public byte[] encoded() {
        return Decoding.dl(toAsn1());
    }
}
