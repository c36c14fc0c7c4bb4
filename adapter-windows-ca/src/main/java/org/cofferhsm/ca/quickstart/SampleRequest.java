package org.cofferhsm.ca.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.spi.StepFile;

/** A web server's certificate request, made by a program that is not ours: {@code openssl req}, else the JDK. */
final class SampleRequest {

    private static final String HOST = "payroll.example.test";

    private SampleRequest() {}

    static void makeByOpenssl(OutsideProgram openssl, StepFile request, StepFile key) {
        key.make(newKey -> request.make(newRequest -> runOpenssl(openssl, newRequest, newKey)));
    }

    private static void runOpenssl(OutsideProgram openssl, Path request, Path key) {
        String[] arguments = Stream.concat(
                        Arrays.stream("req -new -newkey rsa:2048 -nodes -sha256".split(" ")),
                        Stream.of(
                                "-keyout",
                                key.toString(),
                                "-out",
                                request.toString(),
                                "-subj",
                                "/O=Example/CN=" + HOST,
                                "-addext",
                                "subjectAltName=DNS:" + HOST))
                .toArray(String[]::new);
        openssl.run(arguments).orComplain("openssl could not make a certificate request");
    }

    /** The private key is not kept: nobody needs it to look at the certificate. */
    static void makeByJdk(StepFile request) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            request.write(signed(generator.generateKeyPair()));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw HsmException.argumentInvalid("cannot make a certificate request in " + request.path())
                    .causedBy(e);
        }
    }

    private static byte[] signed(KeyPair pair) throws IOException, OperatorCreationException {
        GeneralNames names = new GeneralNames(new GeneralName(GeneralName.dNSName, HOST));
        Extension extension = Extension.create(Extension.subjectAlternativeName, false, names);
        return new JcaPKCS10CertificationRequestBuilder(
                        new X500Principal("CN=" + HOST + ", O=Example"), pair.getPublic())
                .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, new Extensions(extension))
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()))
                .getEncoded();
    }
}
