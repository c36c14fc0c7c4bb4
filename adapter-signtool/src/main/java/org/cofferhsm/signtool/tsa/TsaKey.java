package org.cofferhsm.signtool.tsa;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.signtool.authenticode.SignatureScheme;
import org.cofferhsm.signtool.signing.ModuleKey;
import org.cofferhsm.signtool.signing.ModuleKeys;

/** The key of an authority: one whose certificate is for timestamps, critically, and for nothing else (RFC 3161 §2.3). */
final class TsaKey {

    private TsaKey() {}

    /** The key under this label, fit to be used now. */
    static ModuleKey named(String label, Session session, Instant now) {
        ModuleKey key = new ModuleKeys(session).named(label);
        requireFit(key.certificate());
        requireCurrent(key.certificate(), now);
        return key;
    }

    static void requireFit(X509Certificate certificate) {
        SignatureScheme.of(certificate);
        Set<String> critical = certificate.getCriticalExtensionOIDs();
        boolean marked = critical != null && critical.contains(Extension.extendedKeyUsage.getId());
        boolean[] usage = certificate.getKeyUsage();
        boolean signs = usage == null || usage[0] || usage[1];
        if (!purposes(certificate).equals(List.of(KeyPurposeId.id_kp_timeStamping.getId())) || !marked || !signs) {
            throw HsmException.keyFunctionNotPermitted("the certificate of \"" + certificate.getSubjectX500Principal()
                    + "\" is not one of a timestamp authority: it needs the extended key usage timeStamping, critical"
                    + " and alone, and the key usage digitalSignature; coffer tsa init makes such a certificate");
        }
    }

    static void requireCurrent(X509Certificate certificate, Instant now) {
        if (now.isBefore(certificate.getNotBefore().toInstant())
                || now.isAfter(certificate.getNotAfter().toInstant())) {
            throw HsmException.keyNotValidNow("the certificate of \"" + certificate.getSubjectX500Principal()
                    + "\" is valid from " + certificate.getNotBefore().toInstant() + " to "
                    + certificate.getNotAfter().toInstant() + ", and it is " + now);
        }
    }

    private static List<String> purposes(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null ? List.of() : purposes;
        } catch (CertificateParsingException e) {
            throw HsmException.dataInvalid("the certificate's extended key usage is malformed")
                    .causedBy(e);
        }
    }
}
