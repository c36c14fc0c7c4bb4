package org.cofferhsm.signtool.verify;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.cofferhsm.hsm.error.HsmException;

/** Certificates and revocation lists in files, PEM (any number) or DER (one). */
public final class TrustedBundle {

    /** Where Debian, and most others by a link, keep the system's trusted roots. */
    public static final Path SYSTEM = Path.of("/etc/ssl/certs/ca-certificates.crt");

    private TrustedBundle() {}

    /** What reads from a stream. */
    @FunctionalInterface
    private interface Reading<T> {
        Collection<? extends T> from(InputStream in) throws CertificateException, CRLException;
    }

    /** All certificates of a file. */
    public static Set<X509Certificate> certificates(Path file) throws IOException {
        CertificateFactory x509 = x509();
        Collection<? extends Certificate> found = read(file, x509::generateCertificates);
        return found.stream().map(X509Certificate.class::cast).collect(Collectors.toUnmodifiableSet());
    }

    /** All revocation lists of a file. */
    public static List<X509CRL> crls(Path file) throws IOException {
        CertificateFactory x509 = x509();
        Collection<? extends CRL> found = read(file, x509::generateCRLs);
        return found.stream().map(X509CRL.class::cast).toList();
    }

    private static <T> Collection<? extends T> read(Path file, Reading<T> reading) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            Collection<? extends T> found = reading.from(in);
            if (found.isEmpty()) {
                throw HsmException.dataInvalid(file + " holds nothing to trust: PEM or DER is expected");
            }
            return found;
        } catch (CertificateException | CRLException e) {
            throw HsmException.dataInvalid(file + " cannot be read: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private static CertificateFactory x509() {
        try {
            return CertificateFactory.getInstance("X.509");
        } catch (CertificateException e) {
            throw new IllegalStateException("this Java runtime has no X.509", e);
        }
    }
}
