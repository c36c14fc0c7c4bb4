package org.cofferhsm.ca;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A certificate request that a test asks the CA to certify. */
record TestRequest(String subject, KeyPair pair, GeneralName... names) {

    static final String RSA = "SHA256withRSA";

    static TestRequest of(KeyPair pair, String... dnsNames) {
        GeneralName[] names = java.util.Arrays.stream(dnsNames)
                .map(name -> new GeneralName(GeneralName.dNSName, name))
                .toArray(GeneralName[]::new);
        return new TestRequest("CN=payroll.example.test", pair, names);
    }

    static KeyPair rsa(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    static KeyPair ec(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new java.security.spec.ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    /** Signed by its own key. */
    byte[] signed(String algorithm) throws IOException, OperatorCreationException {
        return signedBy(pair, algorithm);
    }

    /** Also asks to become a CA, which no CA grants. */
    byte[] signedBy(KeyPair signer, String algorithm) throws IOException, OperatorCreationException {
        Extension ca = Extension.create(Extension.basicConstraints, true, new BasicConstraints(true));
        Extensions extensions = names.length == 0
                ? new Extensions(ca)
                : new Extensions(new Extension[] {
                    ca, Extension.create(Extension.subjectAlternativeName, false, new GeneralNames(names))
                });
        return new JcaPKCS10CertificationRequestBuilder(new X500Principal(subject), pair.getPublic())
                .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions)
                .build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate()))
                .getEncoded();
    }
}
