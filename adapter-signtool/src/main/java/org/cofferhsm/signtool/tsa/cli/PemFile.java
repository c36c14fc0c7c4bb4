package org.cofferhsm.signtool.tsa.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.cofferhsm.hsm.error.HsmException;

/** A file that somebody named, in PEM (RFC 7468). */
record PemFile(Path path) {

    private static final int LINE = 64;

    /** All of them, at least one; DER is fine, too. */
    List<X509Certificate> certificates() {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            List<X509Certificate> chain = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (chain.isEmpty()) {
                throw HsmException.dataInvalid(path + " holds no certificate: PEM or DER is expected");
            }
            return chain;
        } catch (IOException | CertificateException e) {
            throw HsmException.dataInvalid(path + " cannot be read: " + e.getMessage())
                    .causedBy(e);
        }
    }

    void write(X509Certificate certificate) {
        try {
            write("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw HsmException.internal("a certificate cannot be encoded").causedBy(e);
        }
    }

    void write(String what, byte[] der) {
        String lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
        try {
            Files.writeString(path, "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n");
        } catch (IOException e) {
            throw HsmException.argumentInvalid("cannot write " + path + ": " + e.getMessage())
                    .causedBy(e);
        }
    }
}
