package org.cofferhsm.ca.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.OutsideProgram;

/** Checks that a certificate chains to a root, by programs that are not ours. */
final class ChainCheck {

    private ChainCheck() {}

    /** By {@code openssl verify}; gives its version. */
    static String byOpenssl(OutsideProgram openssl, Path root, Path leaf) {
        openssl.run(
                        "verify",
                        "-x509_strict",
                        "-purpose",
                        "sslserver",
                        "-CAfile",
                        root.toString(),
                        "-no-CApath",
                        leaf.toString())
                .orComplain("openssl does not accept " + leaf);
        String[] words =
                openssl.run("version").orComplain("openssl version").text().split(" ");
        return String.join(" ", Arrays.copyOf(words, 2)) + " (verify)";
    }

    /** By the JDK's PKIX validator; gives its version. */
    static String byJdk(Path root, Path leaf) {
        try {
            validate(root, leaf, Instant.now());
        } catch (IOException | GeneralSecurityException e) {
            throw HsmException.internal("the JDK does not accept " + leaf + ": " + e.getMessage())
                    .causedBy(e);
        }
        return "JDK " + Runtime.version() + " (PKIX)";
    }

    /** Whether both are there, whole, and chain at that time; a certificate that is not is made anew. */
    static boolean holds(Path root, Path leaf, Instant time) {
        try {
            validate(root, leaf, time);
            return true;
        } catch (IOException | GeneralSecurityException e) {
            return false;
        }
    }

    private static void validate(Path root, Path leaf, Instant time) throws IOException, GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(read(factory, root), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(time));
        CertPathValidator.getInstance("PKIX")
                .validate(factory.generateCertPath(List.of(read(factory, leaf))), parameters);
    }

    private static X509Certificate read(CertificateFactory factory, Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) factory.generateCertificate(in);
        }
    }
}
