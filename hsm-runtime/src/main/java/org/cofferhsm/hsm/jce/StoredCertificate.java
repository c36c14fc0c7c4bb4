package org.cofferhsm.hsm.jce;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;

/** A certificate object of the module (PKCS#11 v3.1 §4.6) and the certificate in it. */
record StoredCertificate(ObjectInfo object, X509Certificate certificate) {

    static StoredCertificate read(Session session, ObjectInfo object) {
        try {
            return new StoredCertificate(object, (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(session.value(object.id()))));
        } catch (CertificateException e) {
            throw HsmException.dataInvalid("the certificate object " + object.id() + " holds no X.509 certificate")
                    .causedBy(e);
        }
    }

    /** Subject, issuer and serial number the module reads off the certificate itself. */
    static ObjectInfo store(Session session, X509Certificate certificate, Attributes more) {
        Attributes attributes =
                Attributes.of(Attribute.CLASS, ObjectClass.CERTIFICATE).withAll(more);
        KeyId id = session.create(attributes, encoded(certificate));
        return session.describe(id);
    }

    static Octets subject(X509Certificate certificate) {
        return Octets.of(certificate.getSubjectX500Principal().getEncoded());
    }

    static Octets issuer(X509Certificate certificate) {
        return Octets.of(certificate.getIssuerX500Principal().getEncoded());
    }

    static Octets keyIdentifier(X509Certificate certificate) {
        return SubjectPublicKey.of(certificate.getPublicKey().getEncoded()).identifier();
    }

    static boolean isSelfIssued(X509Certificate certificate) {
        return subject(certificate).equals(issuer(certificate));
    }

    static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateException e) {
            throw HsmException.dataInvalid("the certificate cannot be encoded").causedBy(e);
        }
    }
}
