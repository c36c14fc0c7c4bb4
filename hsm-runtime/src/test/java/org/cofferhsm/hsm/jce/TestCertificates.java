package org.cofferhsm.hsm.jce;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates for tests, built by Bouncy Castle. */
final class TestCertificates {

    private static final AtomicLong SERIAL = new AtomicLong(1);

    private TestCertificates() {}

    /** Whoever signs certificates: a name, a key, and the provider that signs with it (null for the JDK's). */
    record Issuer(String name, KeyPair pair, X509Certificate certificate) {

        static Issuer root(String name) throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return new Issuer(
                    name,
                    pair,
                    build(name, pair.getPublic(), name, signer(pair.getPrivate(), "SHA256withECDSA"), true));
        }

        Issuer subordinate(String subject) throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair subjectPair = generator.generateKeyPair();
            return new Issuer(
                    subject,
                    subjectPair,
                    build(subject, subjectPair.getPublic(), name, signer(pair.getPrivate(), "SHA256withECDSA"), true));
        }

        X509Certificate issue(String subject, PublicKey key) throws Exception {
            return build(subject, key, name, signer(pair.getPrivate(), "SHA256withECDSA"), false);
        }
    }

    /** Signed by its own key, which may be the module's. */
    static X509Certificate selfSigned(String subject, KeyPair pair, Provider provider, String algorithm)
            throws Exception {
        ContentSigner signer =
                new JcaContentSignerBuilder(algorithm).setProvider(provider).build(pair.getPrivate());
        return build(subject, pair.getPublic(), subject, signer, false);
    }

    private static ContentSigner signer(PrivateKey key, String algorithm) throws Exception {
        return new JcaContentSignerBuilder(algorithm).build(key);
    }

    private static X509Certificate build(
            String subject, PublicKey key, String issuer, ContentSigner signer, boolean authority) throws Exception {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name(issuer),
                BigInteger.valueOf(SERIAL.getAndIncrement()),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofDays(30))),
                new X500Name(subject),
                key);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (!authority) {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            }));
        }
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }
}
