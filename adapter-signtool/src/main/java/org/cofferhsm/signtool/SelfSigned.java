package org.cofferhsm.signtool;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.cofferhsm.hsm.error.HsmException;

/** A code-signing certificate (RFC 5280) that its own key signs; for use until a CA has issued one. */
record SelfSigned(X500Principal name, KeyPair pair, Instant now) {

    private static final Duration VALIDITY = Duration.ofDays(3 * 365);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);
    private static final int SERIAL_BITS = 126;

    X509Certificate sign(String algorithm, Provider provider) throws GeneralSecurityException {
        try {
            byte[] der = content()
                    .build(new JcaContentSignerBuilder(algorithm)
                            .setProvider(provider)
                            .build(pair.getPrivate()))
                    .getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (IOException | OperatorCreationException e) {
            throw HsmException.internal("the code-signing certificate of " + name + " cannot be made")
                    .causedBy(e);
        }
    }

    private X509v3CertificateBuilder content() throws IOException {
        BigInteger serial = new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS);
        return new JcaX509v3CertificateBuilder(
                        name,
                        serial,
                        Date.from(now.minus(CLOCK_SKEW)),
                        Date.from(now.plus(VALIDITY)),
                        name,
                        pair.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning));
    }
}
