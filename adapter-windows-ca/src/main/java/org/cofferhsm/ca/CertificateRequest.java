package org.cofferhsm.ca;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.cofferhsm.hsm.error.HsmException;

/**
 * A certificate request (PKCS#10, RFC 2986) whose sender has proved to hold the private key.
 *
 * <p>Only its subject, its public key and the DNS names and addresses it asks for are read; every other extension is the
 * CA's to decide.
 */
record CertificateRequest(X500Name subject, SubjectPublicKeyInfo publicKey, GeneralNames names) {

    private static final int MAX_BYTES = 64 * 1024;

    /** Reads a request in DER or as text and checks its signature, its key and its names. */
    static CertificateRequest read(byte[] encoded) {
        if (encoded.length > MAX_BYTES) {
            throw HsmException.dataLengthRange("a certificate request has at most " + MAX_BYTES + " bytes");
        }
        byte[] der = CertificateText.requestToDer(encoded);
        try {
            return check(new PKCS10CertificationRequest(der));
        } catch (IOException | IllegalArgumentException | IllegalStateException | ClassCastException e) {
            throw malformed().causedBy(e);
        }
    }

    private static CertificateRequest check(PKCS10CertificationRequest request) throws IOException {
        SubjectPublicKeyInfo publicKey = request.getSubjectPublicKeyInfo();
        KeyStrength.require(publicKey);
        requirePossession(request);
        GeneralNames names = RequestedNames.checked(names(request));
        X500Name subject = X500Name.getInstance(request.getSubject().getEncoded(ASN1Encoding.DER));
        return new CertificateRequest(subject, publicKey, names);
    }

    private static void requirePossession(PKCS10CertificationRequest request) throws IOException {
        boolean proved;
        try {
            proved = request.isSignatureValid(
                    new JcaContentVerifierProviderBuilder().build(publicKey(request.getSubjectPublicKeyInfo())));
        } catch (GeneralSecurityException | OperatorException | RuntimeOperatorException | PKCSException e) {
            throw unproved().causedBy(e);
        }
        if (!proved) {
            throw unproved();
        }
    }

    /** By the name of its kind: not every JDK knows EC keys by their object identifier. */
    private static PublicKey publicKey(SubjectPublicKeyInfo key) throws IOException, GeneralSecurityException {
        return KeyFactory.getInstance(KeyStrength.kind(key.getAlgorithm()))
                .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
    }

    private static GeneralNames names(PKCS10CertificationRequest request) {
        Extensions requested = request.getRequestedExtensions();
        GeneralNames names =
                requested == null ? null : GeneralNames.fromExtensions(requested, Extension.subjectAlternativeName);
        return names == null ? RequestedNames.NONE : names;
    }

    private static HsmException unproved() {
        return HsmException.dataInvalid("the signature of the certificate request is not by the key in it;"
                + " make the request again with the private key that belongs to it");
    }

    private static HsmException malformed() {
        return HsmException.dataInvalid("this is not a certificate request (PKCS#10, as DER or as text)");
    }
}
