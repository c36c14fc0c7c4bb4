package org.cofferhsm.signtool.tsa;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** What an authority's certificate says (RFC 3161 §2.3, RFC 5280): made by its own key, or asked of a CA. */
record TsaCertificate(X500Principal name, KeyPair pair) {

    private static final Duration VALIDITY = Duration.ofDays(10 * 365);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);
    private static final int SERIAL_BITS = 126;

    X509Certificate selfSigned(ContentSigner signer, Instant now) throws GeneralSecurityException, IOException {
        BigInteger serial = new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS);
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name, serial, Date.from(now.minus(CLOCK_SKEW)), Date.from(now.plus(VALIDITY)), name, pair.getPublic());
        Extensions extensions = extensions();
        for (var oid : extensions.getExtensionOIDs()) {
            builder.addExtension(extensions.getExtension(oid));
        }
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(builder.build(signer).getEncoded()));
    }

    /** A certificate signing request (RFC 2986) that asks for the same extensions. */
    byte[] request(ContentSigner signer) throws GeneralSecurityException, IOException {
        return new JcaPKCS10CertificationRequestBuilder(name, pair.getPublic())
                .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions())
                .build(signer)
                .getEncoded();
    }

    private Extensions extensions() throws GeneralSecurityException, IOException {
        ExtensionsGenerator generator = new ExtensionsGenerator();
        generator.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        generator.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        generator.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
        generator.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
        return generator.generate();
    }
}
