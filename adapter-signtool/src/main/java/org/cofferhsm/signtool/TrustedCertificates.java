package org.cofferhsm.signtool;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import org.cofferhsm.hsm.error.HsmException;

/**
 * Certificates that jarsigner shall trust, in a temporary PKCS#12 file. Nothing in it is secret, but jarsigner reads no
 * PKCS#12 file without a password.
 */
final class TrustedCertificates implements AutoCloseable {

    private static final int PASSWORD_BITS = 128;

    private final Path file;
    private final String password = new BigInteger(PASSWORD_BITS, new SecureRandom()).toString(Character.MAX_RADIX);

    TrustedCertificates(List<X509Certificate> certificates) {
        try {
            file = Files.createTempFile("coffer-trusted-", ".p12");
            write(certificates);
        } catch (IOException | GeneralSecurityException e) {
            throw HsmException.argumentInvalid("cannot write a temporary file: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private void write(List<X509Certificate> certificates) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("trusted-" + i, certificates.get(i));
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
    }

    Path file() {
        return file;
    }

    String password() {
        return password;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw HsmException.argumentInvalid("cannot delete " + file + ": " + e.getMessage())
                    .causedBy(e);
        }
    }
}
