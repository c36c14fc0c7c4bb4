package org.cofferhsm.signtool.verify;

import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ess.ESSCertID;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificate;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.Decoding;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;

/**
 * A timestamp token (RFC 3161 §2.4.2): a SignedData like any other, whose content is a TSTInfo.
 *
 * @param signature the authority's signature
 * @param info what it says
 */
public record TimestampToken(AuthenticodeSignature signature, TSTInfo info) {

    private static final String WHAT = "the timestamp token";

    /** Reads a ContentInfo. */
    public static TimestampToken parse(byte[] encoded) {
        return Decoding.of(WHAT, () -> {
            AuthenticodeSignature signature = AuthenticodeSignature.parse(encoded);
            if (!signature.content().type().equals(PKCSObjectIdentifiers.id_ct_TSTInfo)) {
                throw new IllegalArgumentException(
                        "its content is of type " + signature.content().type());
            }
            byte[] content = ASN1OctetString.getInstance(
                            signature.content().encoded().toByteArray())
                    .getOctets();
            return new TimestampToken(signature, TSTInfo.getInstance(content));
        });
    }

    /** What it says (genTime). */
    public Instant time() {
        try {
            return info.getGenTime().getDate().toInstant();
        } catch (ParseException e) {
            throw HsmException.dataInvalid("the timestamp's time is malformed").causedBy(e);
        }
    }

    /** What is wrong with it as a timestamp of this signature value, its chain aside. */
    List<Problem> problems(byte[] value) {
        List<Problem> problems = new ArrayList<>(SignerCheck.of(signature).problems());
        if (!isOf(value)) {
            problems.add(new Problem(Problem.Kind.TIMESTAMP_INVALID, "it is a timestamp of something else"));
        }
        if (!namesItsCertificate()) {
            problems.add(new Problem(
                    Problem.Kind.TIMESTAMP_INVALID, "it does not name its authority's certificate (ESSCertID)"));
        }
        return problems;
    }

    private boolean isOf(byte[] value) {
        MessageImprint imprint = info.getMessageImprint();
        return DigestAlgorithm.of(imprint.getHashAlgorithm().getAlgorithm())
                .filter(digest -> MessageDigest.isEqual(digest.digest(value), imprint.getHashedMessage()))
                .isPresent();
    }

    /** RFC 3161 §2.4.2 and RFC 5816: the signed attributes must say by a hash which certificate is the authority's. */
    private boolean namesItsCertificate() {
        return signature.signerCertificate().filter(this::isNamed).isPresent();
    }

    private boolean isNamed(X509Certificate certificate) {
        Optional<Boolean> second = signature
                .signedValue(PKCSObjectIdentifiers.id_aa_signingCertificateV2)
                .map(value -> SigningCertificateV2.getInstance(value).getCerts()[0])
                .map(id -> isHash(id, certificate));
        return second.or(() -> signature
                        .signedValue(PKCSObjectIdentifiers.id_aa_signingCertificate)
                        .map(value -> SigningCertificate.getInstance(value).getCerts()[0])
                        .map(id -> isHash(id, certificate)))
                .orElse(false);
    }

    private static boolean isHash(ESSCertIDv2 id, X509Certificate certificate) {
        AlgorithmIdentifier algorithm = id.getHashAlgorithm();
        return DigestAlgorithm.of(algorithm.getAlgorithm())
                .filter(digest -> MessageDigest.isEqual(digest.digest(encoded(certificate)), id.getCertHash()))
                .isPresent();
    }

    private static boolean isHash(ESSCertID id, X509Certificate certificate) {
        return MessageDigest.isEqual(DigestAlgorithm.SHA1.digest(encoded(certificate)), id.getCertHash());
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw HsmException.dataInvalid("the authority's certificate is malformed")
                    .causedBy(e);
        }
    }
}
