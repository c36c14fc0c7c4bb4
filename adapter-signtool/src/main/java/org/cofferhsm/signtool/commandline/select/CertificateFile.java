package org.cofferhsm.signtool.commandline.select;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import org.cofferhsm.signtool.commandline.SignToolException;

/** Certificates in a file ({@code /f}, {@code /ac}): PEM, DER, or a PKCS#7 bag; never private keys. */
public final class CertificateFile {

    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;

    private CertificateFile() {}

    /** The certificates in the file's order; complains in SignTool's words. */
    public static List<X509Certificate> read(Path file) {
        try {
            if (isPfx(Files.readAllBytes(file))) {
                throw new SignToolException(file + " is a PFX file: it holds a private key, and here keys live in the"
                        + " module. Import the key there, or name its certificate with /f file.cer or /n");
            }
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                return certificates(file, in);
            }
        } catch (NoSuchFileException e) {
            throw new SignToolException("File not found: " + file, e);
        } catch (IOException | CertificateException e) {
            throw unreadable(file, e);
        }
    }

    private static List<X509Certificate> certificates(Path file, InputStream in) throws CertificateException {
        Collection<? extends Certificate> found =
                CertificateFactory.getInstance("X.509").generateCertificates(in);
        if (found.isEmpty()) {
            throw unreadable(file, new CertificateException("it holds no certificate"));
        }
        return found.stream().map(X509Certificate.class::cast).toList();
    }

    /** PFX (RFC 7292 §4) begins with its version; a certificate or a PKCS#7 bag never begins with a number. */
    private static boolean isPfx(byte[] content) {
        if (content.length < 8 || content[0] != SEQUENCE) {
            return false;
        }
        int header = content[1] < 0 ? 2 + (content[1] & 0x7f) : 2;
        return header < content.length && content[header] == INTEGER;
    }

    private static SignToolException unreadable(Path file, Exception cause) {
        return new SignToolException(
                "An error occurred while attempting to load the signing certificate from: " + file, cause);
    }
}
