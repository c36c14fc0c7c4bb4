package org.cofferhsm.ca;

import static org.cofferhsm.hsm.key.Usage.SIGN;
import static org.cofferhsm.hsm.key.Usage.VERIFY;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyPairIds;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Matches;
import org.cofferhsm.hsm.session.Session;

/** A CA's objects in the module: a key pair and a certificate that share a label and an id. */
final class RootObjects {

    private static final long X509 = 0; // CKC_X_509
    private static final long AUTHORITY = 2; // CK_CERTIFICATE_CATEGORY_AUTHORITY

    private final Session session;
    private final String label;

    RootObjects(Session session, String label) {
        this.session = session;
        this.label = label;
    }

    /** Only the user's own: public objects of others are visible too, under whatever label they choose. */
    private Matches own(ObjectClass objectClass) {
        return session.find(label)
                .with(Attributes.of(Attribute.CLASS, objectClass)
                        .with(Attribute.OWNER, session.user().name()));
    }

    /** Also takes up a key pair that was left without a certificate. */
    void makeKeyUnlessThere(RootKey kind) {
        if (own(ObjectClass.PRIVATE_KEY).ids().isEmpty()) {
            KeyPairIds pair = session.generate(kind.template().labelled(label).allowing(SIGN, VERIFY));
            Attributes id = Attributes.of(Attribute.ID, id());
            session.change(pair.publicKey(), id);
            session.change(pair.privateKey(), id);
        }
    }

    private Octets id() {
        return Octets.of(KeyIdentifier.of(publicKey()));
    }

    SubjectPublicKeyInfo publicKey() {
        return SubjectPublicKeyInfo.getInstance(
                session.value(own(ObjectClass.PUBLIC_KEY).one()));
    }

    KeyId privateKey() {
        return own(ObjectClass.PRIVATE_KEY).one();
    }

    RootKey kind() {
        Attributes key = session.describe(privateKey()).attributes();
        return key.get(Attribute.KEY_TYPE) == KeyType.RSA ? RootKey.RSA_4096 : RootKey.P384;
    }

    Optional<X509Certificate> certificate() {
        Matches certificates = own(ObjectClass.CERTIFICATE);
        return certificates.ids().isEmpty()
                ? Optional.empty()
                : Optional.of(CertificateContent.parse(session.value(certificates.one())));
    }

    void store(X509Certificate certificate) {
        Attributes attributes = Attributes.of(Attribute.CLASS, ObjectClass.CERTIFICATE)
                .with(Attribute.LABEL, label)
                .with(Attribute.ID, id())
                .with(Attribute.CERTIFICATE_TYPE, X509)
                .with(Attribute.CERTIFICATE_CATEGORY, AUTHORITY)
                .with(
                        Attribute.SUBJECT,
                        Octets.of(certificate.getSubjectX500Principal().getEncoded()))
                .with(
                        Attribute.ISSUER,
                        Octets.of(certificate.getIssuerX500Principal().getEncoded()));
        try {
            session.create(attributes, certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw HsmException.internal("the CA's certificate cannot be encoded")
                    .causedBy(e);
        }
    }
}
