package org.cofferhsm.signtool.authenticode;

import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.cofferhsm.hsm.error.HsmException;

/**
 * A signature that lacks only its value. It can be written to a file ({@link #encoded}, SignTool's {@code .p7u}), read
 * again elsewhere and completed there: {@code /dg} and {@code /di}, {@code sign --request} and {@code --complete}.
 */
public final class PreparedSignature {

    private final AuthenticodeSignature unfinished;

    private PreparedSignature(AuthenticodeSignature unfinished) {
        this.unfinished = unfinished;
    }

    static PreparedSignature of(SignatureTemplate template, SignedContent content, AttributeSet attributes) {
        SignerInfo signer = new SignerInfo(
                identifier(template.signer()),
                template.digest().identifier(),
                attributes.toAsn1(),
                SignatureScheme.of(template.signer()).identifier(template.digest()),
                new DEROctetString(new byte[0]),
                (ASN1Set) null);
        SignedData data = new SignedData(
                new ASN1Integer(1),
                new DERSet(template.digest().identifier()),
                content.toAsn1(),
                EmbeddedCertificates.set(template.chain()),
                null,
                new DERSet(signer));
        return new PreparedSignature(AuthenticodeSignature.of(new ContentInfo(PKCSObjectIdentifiers.signedData, data)));
    }

    private static SignerIdentifier identifier(X509Certificate certificate) {
        X500Name issuer =
                X500Name.getInstance(certificate.getIssuerX500Principal().getEncoded());
        return new SignerIdentifier(new IssuerAndSerialNumber(issuer, certificate.getSerialNumber()));
    }

    /** Reads what {@link #encoded} wrote. */
    public static PreparedSignature parse(byte[] encoded) {
        AuthenticodeSignature signature = AuthenticodeSignature.parse(encoded);
        if (signature.signatureValue().length != 0) {
            throw HsmException.dataInvalid("this is no prepared signature: it has its signature value already");
        }
        return new PreparedSignature(signature);
    }

    /** A SignedData whose signature value is empty, in DER. */
    public byte[] encoded() {
        return unfinished.encoded();
    }

    /** What will be signed: usually the description of a file. */
    public SignedContent content() {
        return unfinished.content();
    }

    /** Who will sign. */
    public X509Certificate signer() {
        return unfinished
                .signerCertificate()
                .orElseThrow(() -> HsmException.dataInvalid("the prepared signature lacks its signer's certificate"));
    }

    /** The hash function of the signature. */
    public DigestAlgorithm digestAlgorithm() {
        return unfinished.digestAlgorithm();
    }

    /** How the signer's key signs. */
    public SignatureScheme scheme() {
        return SignatureScheme.of(signer());
    }

    /** The bytes to sign: the signed attributes in DER (RFC 2315 §9.3). */
    public byte[] toBeSigned() {
        return Decoding.der(unfinished.signerInfo().getAuthenticatedAttributes());
    }

    /** The digest to sign, for who signs digests: SignTool's {@code .dig}. */
    public byte[] digestToBeSigned() {
        return digestAlgorithm().digest(toBeSigned());
    }

    /**
     * The finished signature.
     *
     * @param value the signature as CMS has it: RSA PKCS#1 v1.5, or ECDSA in DER
     * @throws HsmException DATA_INVALID when the certificate's key did not make this value over these bytes
     */
    public AuthenticodeSignature complete(byte[] value) {
        if (!scheme().verifies(signer().getPublicKey(), digestAlgorithm(), toBeSigned(), value)) {
            throw HsmException.dataInvalid("the signature value does not fit: the key of \""
                    + signer().getSubjectX500Principal() + "\" did not make it for this file");
        }
        return unfinished.withValue(value);
    }
}
