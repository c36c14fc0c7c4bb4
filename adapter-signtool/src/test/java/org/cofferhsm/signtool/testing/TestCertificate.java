package org.cofferhsm.signtool.testing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.cofferhsm.signtool.authenticode.Decoding;

/** A certificate to be issued (RFC 5280), valid for ten years around now unless told otherwise. */
public final class TestCertificate {
    private static final AtomicLong SERIALS = new AtomicLong(4711);
    private static final Duration YEARS = Duration.ofDays(5 * 365);

    private final X500Principal subject;
    private final PublicKey key;
    private Instant from = Instant.now().minus(YEARS);
    private Instant to = Instant.now().plus(YEARS);
    private KeyPurposeId[] purposes = {};
    private boolean critical;
    private final List<Extension> extensions = new ArrayList<>();

    private TestCertificate(String name, PublicKey key) {
        this.subject = new X500Principal("CN=" + name);
        this.key = key;
    }

    public static TestCertificate of(String name, PublicKey key) {
        return new TestCertificate(name, key);
    }

    public TestCertificate valid(Instant first, Instant last) {
        from = first;
        to = last;
        return this;
    }

    public TestCertificate forCode() {
        purposes = new KeyPurposeId[] {KeyPurposeId.id_kp_codeSigning};
        return this;
    }

    /** For timestamps; old authorities' certificates do not mark this as critical. */
    public TestCertificate forTimestamps(boolean isCritical) {
        purposes = new KeyPurposeId[] {KeyPurposeId.id_kp_timeStamping};
        critical = isCritical;
        return this;
    }

    /** With an extension, in the place of the usual one if there is one of its kind. */
    public TestCertificate with(ASN1ObjectIdentifier kind, boolean isCritical, ASN1Encodable value) {
        extensions.add(new Extension(kind, isCritical, new DEROctetString(Decoding.der(value))));
        return this;
    }

    public X509Certificate selfSigned(PrivateKey own) {
        return sign(subject, own);
    }

    public X509Certificate issuedBy(TestSigner issuer) {
        return sign(issuer.certificate().getSubjectX500Principal(), issuer.privateKey());
    }

    private X509Certificate sign(X500Principal issuer, PrivateKey issuerKey) {
        try {
            String algorithm = issuerKey.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            return new JcaX509CertificateConverter()
                    .getCertificate(content(issuer).build(new JcaContentSignerBuilder(algorithm).build(issuerKey)));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509v3CertificateBuilder content(X500Principal issuer) throws CertIOException {
        X509v3CertificateBuilder builder = usual(issuer);
        for (Extension one : extensions) {
            if (builder.hasExtension(one.getExtnId())) {
                builder.replaceExtension(one);
            } else {
                builder.addExtension(one);
            }
        }
        return builder;
    }

    private X509v3CertificateBuilder usual(X500Principal issuer) throws CertIOException {
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer, BigInteger.valueOf(SERIALS.incrementAndGet()), Date.from(from), Date.from(to), subject, key);
        if (purposes.length == 0) {
            return builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        }
        return builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, critical, new ExtendedKeyUsage(purposes));
    }

    /** A key pair in software: RSA of so many bits. */
    public static KeyPair rsa(int bits) {
        return generate("RSA", generator -> generator.initialize(bits));
    }

    /** A key pair in software on a curve. */
    public static KeyPair ec(String curve) {
        return generate("EC", generator -> generator.initialize(new ECGenParameterSpec(curve)));
    }

    private interface Initialization {
        void of(KeyPairGenerator generator) throws GeneralSecurityException;
    }

    private static KeyPair generate(String algorithm, Initialization initialization) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            initialization.of(generator);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
