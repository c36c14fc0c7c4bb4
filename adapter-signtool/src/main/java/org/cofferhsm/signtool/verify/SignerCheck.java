package org.cofferhsm.signtool.verify;

import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.authenticode.AttributeSet;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.Decoding;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.SignatureScheme;
import org.cofferhsm.signtool.authenticode.SignedContent;

/**
 * Whether a signer signed what is claimed (RFC 2315 §9.3, §9.4): the signed attributes name the content, and the
 * signature value is one of the signer's key over the signed attributes.
 *
 * @param signer the SignerInfo
 * @param certificate the signer's certificate, if it is there
 * @param contentType what the content must be
 * @param content the content itself, where it is plain data
 * @param contentDigest the content's digest by any algorithm
 */
record SignerCheck(
        SignerInfo signer,
        Optional<X509Certificate> certificate,
        ASN1ObjectIdentifier contentType,
        Optional<byte[]> content,
        Function<DigestAlgorithm, byte[]> contentDigest) {

    static SignerCheck of(AuthenticodeSignature signature) {
        SignedContent content = signature.content();
        return new SignerCheck(
                signature.signerInfo(), signature.signerCertificate(), content.type(), content.data(), content::digest);
    }

    /** A countersignature (PKCS#9 §5.3.6), whose content is another signature's value. */
    static SignerCheck ofCounterSignature(SignerInfo signer, Optional<X509Certificate> certificate, byte[] value) {
        return new SignerCheck(
                signer, certificate, PKCSObjectIdentifiers.data, Optional.empty(), digest -> digest.digest(value));
    }

    List<Problem> problems() {
        try {
            return Decoding.of("the signer's statement (SignerInfo)", this::check);
        } catch (HsmException e) {
            return List.of(Problem.malformed(e));
        }
    }

    private List<Problem> check() {
        ASN1ObjectIdentifier oid = signer.getDigestAlgorithm().getAlgorithm();
        Optional<DigestAlgorithm> digest = DigestAlgorithm.of(oid);
        if (digest.isEmpty()) {
            return List.of(new Problem(
                    Problem.Kind.ALGORITHM_WEAK, "the signature is made by an algorithm that is not trusted, " + oid));
        }
        List<Problem> problems = new ArrayList<>(isBare() ? List.of() : attributeProblems(digest.get()));
        problems.addAll(certificate
                .map(found -> valueProblems(found, digest.get()))
                .orElseGet(() -> List.of(new Problem(
                        Problem.Kind.CERTIFICATE_MISSING, "the signature does not bring its signer's certificate"))));
        return problems;
    }

    /** Plain data may be signed without attributes (RFC 2315 §9.3), as jarsigner did before JDK 16. */
    private boolean isBare() {
        return signer.getAuthenticatedAttributes() == null
                && contentType.equals(PKCSObjectIdentifiers.data)
                && content.isPresent();
    }

    private List<Problem> attributeProblems(DigestAlgorithm digest) {
        AttributeSet attributes = AttributeSet.of(signer.getAuthenticatedAttributes());
        boolean type = attributes
                .value(CMSAttributes.contentType)
                .filter(contentType::equals)
                .isPresent();
        boolean message = attributes
                .value(CMSAttributes.messageDigest)
                .map(value -> ASN1OctetString.getInstance(value).getOctets())
                .filter(signed -> MessageDigest.isEqual(signed, contentDigest.apply(digest)))
                .isPresent();
        return type && message
                ? List.of()
                : List.of(invalid("the signed attributes belong to something else than the signature's content"));
    }

    private List<Problem> valueProblems(X509Certificate certificate, DigestAlgorithm digest) {
        ASN1Set attributes = signer.getAuthenticatedAttributes();
        byte[] value = signer.getEncryptedDigest().getOctets();
        ASN1ObjectIdentifier algorithm = signer.getDigestEncryptionAlgorithm().getAlgorithm();
        SignatureScheme scheme = SignatureScheme.of(certificate);
        Optional<byte[]> said =
                isBare() ? content : Optional.ofNullable(attributes).map(Decoding::der);
        boolean valid = said.isPresent()
                && scheme.isNamed(algorithm, digest)
                && scheme.verifies(certificate.getPublicKey(), digest, said.get(), value);
        return valid
                ? List.of()
                : List.of(invalid("the signature value was not made by the key of \""
                        + certificate.getSubjectX500Principal() + "\""));
    }

    private static Problem invalid(String message) {
        return new Problem(Problem.Kind.SIGNATURE_INVALID, message);
    }
}
