package org.cofferhsm.hsm.jce;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;

/** The keys of the key store: a session key becomes a token key under an alias, a token key takes another alias. */
final class KeyShelf {

    private final Session session;

    KeyShelf(Session session) {
        this.session = session;
    }

    /** Keeps a private key and its public half under this label, with the certificate's id. */
    ObjectInfo keepPrivate(ObjectInfo key, String label, X509Certificate certificate) {
        requireSamePair(key, certificate);
        Octets id = key.attributes()
                .find(Attribute.ID)
                .filter(octets -> !octets.isEmpty())
                .orElseGet(() -> StoredCertificate.keyIdentifier(certificate));
        Attributes wanted = Attributes.of(Attribute.LABEL, label).with(Attribute.ID, id);
        Optional<ObjectInfo> publicHalf = publicHalf(key);
        KeyId kept = keep(key, wanted);
        publicHalf.ifPresent(half -> keep(half, wanted));
        return session.describe(kept);
    }

    ObjectInfo keepSecret(ObjectInfo key, String label) {
        return session.describe(keep(key, Attributes.of(Attribute.LABEL, label)));
    }

    private KeyId keep(ObjectInfo key, Attributes wanted) {
        if (!key.attributes().is(Attribute.TOKEN)) {
            return session.copy(key.id(), wanted.with(Attribute.TOKEN, true));
        }
        if (!key.attributes().differences(wanted).isEmpty()) {
            session.change(key.id(), wanted);
        }
        return key.id();
    }

    /** Destroys a private key and its public half. The private key comes first: it is the one that may refuse. */
    void destroyPair(ObjectInfo privateKey) {
        Optional<ObjectInfo> publicHalf = publicHalf(privateKey);
        session.destroy(privateKey.id());
        publicHalf.ifPresent(half -> session.destroy(half.id()));
    }

    private Optional<ObjectInfo> publicHalf(ObjectInfo privateKey) {
        Attributes mine = privateKey.attributes();
        Attributes filter = Attributes.of(Attribute.CLASS, ObjectClass.PUBLIC_KEY)
                .with(Attribute.KEY_TYPE, mine.get(Attribute.KEY_TYPE))
                .with(Attribute.TOKEN, mine.is(Attribute.TOKEN))
                .with(Attribute.OWNER, mine.get(Attribute.OWNER));
        Optional<Octets> id = mine.find(Attribute.ID).filter(octets -> !octets.isEmpty());
        if (id.isEmpty() && privateKey.label().isEmpty()) {
            return Optional.empty();
        }
        List<ObjectInfo> halves = session.find(id.map(octets -> filter.with(Attribute.ID, octets))
                        .orElseGet(() -> filter.with(Attribute.LABEL, privateKey.label())))
                .list();
        return halves.size() == 1 ? Optional.of(halves.get(0)) : Optional.empty();
    }

    /** Complains about a certificate of another key; where the public half is gone, only RSA keys still tell. */
    private void requireSamePair(ObjectInfo privateKey, X509Certificate certificate) {
        PublicKey certified = certificate.getPublicKey();
        boolean other = publicHalf(privateKey)
                        .filter(half ->
                                !SubjectPublicKey.of(session.value(half.id())).isEncodedAs(certified.getEncoded()))
                        .isPresent()
                || privateKey
                        .attributes()
                        .find(Attribute.MODULUS)
                        .filter(modulus -> !isModulusOf(certified, modulus))
                        .isPresent();
        if (other) {
            throw HsmException.argumentInvalid("the certificate of " + certificate.getSubjectX500Principal()
                    + " is for another key than " + privateKey.id());
        }
    }

    private static boolean isModulusOf(PublicKey key, Octets modulus) {
        return key instanceof RSAPublicKey rsa && rsa.getModulus().equals(new BigInteger(1, modulus.toByteArray()));
    }
}
