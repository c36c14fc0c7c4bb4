package org.cofferhsm.signtool.verify;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.cofferhsm.hsm.error.HsmException;

/** What a certificate is used for here, by its extended key usage (RFC 5280 §4.2.1.12). */
enum Purpose {
    CODE_SIGNING("1.3.6.1.5.5.7.3.3", "signing code") {
        /** "Must contain the code-signing purpose, or no certificate of the chain names any purpose" (Authenticode). */
        @Override
        boolean allowsUnnamed() {
            return true;
        }
    },
    TIMESTAMPING("1.3.6.1.5.5.7.3.8", "timestamps") {
        /** RFC 3161 §2.3 wants it named alone; whether as critical does not matter, as old authorities forgot to. */
        @Override
        boolean allowsUnnamed() {
            return false;
        }
    };

    private static final String ANY = "2.5.29.37.0";
    private static final String LIFETIME_SIGNING = "1.3.6.1.4.1.311.10.3.13";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;

    private final String oid;
    private final String words;

    Purpose(String oid, String words) {
        this.oid = oid;
        this.words = words;
    }

    abstract boolean allowsUnnamed();

    String words() {
        return words;
    }

    /** Whether a chain, the signer's certificate first, is for this. An issuer that names purposes limits them. */
    boolean isOf(List<X509Certificate> chain) {
        X509Certificate signer = chain.get(0);
        boolean unnamed = chain.stream().allMatch(one -> purposes(one).isEmpty());
        return maySign(signer)
                && (unnamed && allowsUnnamed()
                        || isFor(signer)
                                && chain.stream().allMatch(one -> purposes(one).isEmpty() || names(one)));
    }

    /** An authority's certificate is for nothing else: who also signs code would have any time for it. */
    private boolean isFor(X509Certificate signer) {
        return allowsUnnamed() ? names(signer) : purposes(signer).equals(List.of(oid));
    }

    private boolean names(X509Certificate certificate) {
        List<String> purposes = purposes(certificate);
        return purposes.contains(oid) || purposes.contains(ANY) && allowsUnnamed();
    }

    private static boolean maySign(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return usage == null || usage[DIGITAL_SIGNATURE] || usage[NON_REPUDIATION];
    }

    /** Whether signatures end with the certificate, timestamp or not: Microsoft's purpose "lifetime signing". */
    static boolean isLifetimeSigner(X509Certificate certificate) {
        return purposes(certificate).contains(LIFETIME_SIGNING);
    }

    private static List<String> purposes(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null ? List.of() : purposes;
        } catch (CertificateParsingException e) {
            throw HsmException.dataInvalid("a certificate's purposes are malformed: " + e.getMessage())
                    .causedBy(e);
        }
    }
}
