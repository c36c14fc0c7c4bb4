package org.cofferhsm.ca;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.microsoft.MicrosoftObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.cofferhsm.hsm.error.HsmException;

/** What stands in a certificate (RFC 5280 §4), before and after it is signed. */
final class CertificateContent {

    private final X509v3CertificateBuilder builder;
    private final SubjectPublicKeyInfo publicKey;

    private CertificateContent(X509v3CertificateBuilder builder, SubjectPublicKeyInfo publicKey) {
        this.builder = builder;
        this.publicKey = publicKey;
    }

    /** A root's own certificate; the version of its CA is 0.0 until the key or the certificate is renewed. */
    static CertificateContent ofRoot(X500Name name, SubjectPublicKeyInfo key, Issue issue) throws IOException {
        CertificateContent content = new CertificateContent(builder(name, issue, name, key), key);
        content.builder
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                .addExtension(
                        Extension.keyUsage,
                        true,
                        new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature))
                .addExtension(Extension.subjectKeyIdentifier, false, content.keyIdentifier())
                .addExtension(MicrosoftObjectIdentifiers.microsoftCaVersion, false, new ASN1Integer(0));
        return content;
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, Issue issue, X500Name subject, SubjectPublicKeyInfo key) {
        return new X509v3CertificateBuilder(
                issuer, issue.serial(), Date.from(issue.from()), Date.from(issue.until()), subject, key);
    }

    /** An end entity's certificate, before the profile and the names are added. */
    static CertificateContent ofRequest(X509Certificate issuer, CertificateRequest request, Issue issue)
            throws IOException {
        X500Name issuerName =
                X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded());
        SubjectPublicKeyInfo key = request.publicKey();
        CertificateContent content = new CertificateContent(builder(issuerName, issue, request.subject(), key), key);
        SubjectPublicKeyInfo issuerKey =
                SubjectPublicKeyInfo.getInstance(issuer.getPublicKey().getEncoded());
        content.builder
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.subjectKeyIdentifier, false, content.keyIdentifier())
                .addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        new AuthorityKeyIdentifier(KeyIdentifier.of(issuerKey)));
        return content;
    }

    /** With what the profile allows the key to be used for. */
    CertificateContent withUsage(CertificateProfile profile) throws IOException {
        boolean encrypts = KeyStrength.isRsa(publicKey.getAlgorithm())
                && profile.purposes().contains(Purpose.SERVER_AUTHENTICATION);
        int usage = KeyUsage.digitalSignature | (encrypts ? KeyUsage.keyEncipherment : 0);
        KeyPurposeId[] purposes = profile.purposes().stream().map(Purpose::id).toArray(KeyPurposeId[]::new);
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
        return this;
    }

    /** With alternative names, critical where there is no subject (RFC 5280 §4.2.1.6). */
    CertificateContent withNames(GeneralNames names, boolean critical) throws IOException {
        if (names.getNames().length > 0) {
            builder.addExtension(Extension.subjectAlternativeName, critical, names);
        }
        return this;
    }

    X509Certificate sign(ContentSigner signer) throws IOException {
        return parse(builder.build(signer).getEncoded());
    }

    static X509Certificate parse(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw HsmException.dataInvalid("the CA's certificate cannot be read")
                    .causedBy(e);
        }
    }

    private SubjectKeyIdentifier keyIdentifier() {
        return new SubjectKeyIdentifier(KeyIdentifier.of(publicKey));
    }
}
