package org.cofferhsm.hsm.jce;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;

/**
 * The certificates that the module keeps beside its keys. A key's own certificate has the key's id and label. Those of
 * its issuers have no label and are found by subject; one is stored once and goes with the last certificate it issued.
 *
 * <p>Anybody can see and store certificates, so a key is given only certificates of the key's owner.
 */
final class CertificateShelf {

    /** CK_CERTIFICATE_CATEGORY_AUTHORITY. */
    private static final long AUTHORITY = 2;

    private static final int LONGEST_CHAIN = 20;

    private final Session session;

    CertificateShelf(Session session) {
        this.session = session;
    }

    /** The certificate and its issuers; empty when the key has none. */
    List<X509Certificate> chain(ObjectInfo privateKey) {
        List<X509Certificate> chain = new ArrayList<>();
        Optional<StoredCertificate> own = own(privateKey);
        if (own.isPresent()) {
            X509Certificate certificate = own.get().certificate();
            chain.add(certificate);
            for (StoredCertificate issuer : issuers(certificate, owner(privateKey))) {
                chain.add(issuer.certificate());
            }
        }
        return chain;
    }

    /** The certificate of a key: under its label before others, the newest before older ones. */
    Optional<StoredCertificate> own(ObjectInfo privateKey) {
        StoredCertificate best = null;
        for (StoredCertificate stored : ownAll(privateKey)) {
            if (best == null || isBetter(stored, best, privateKey.label())) {
                best = stored;
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean isBetter(StoredCertificate stored, StoredCertificate other, String label) {
        boolean labelled = stored.object().label().equals(label);
        return labelled == other.object().label().equals(label)
                ? stored.certificate().getNotBefore().after(other.certificate().getNotBefore())
                : labelled;
    }

    private List<StoredCertificate> ownAll(ObjectInfo privateKey) {
        Octets id = privateKey.attributes().find(Attribute.ID).orElse(Octets.EMPTY);
        if (!id.isEmpty()) {
            return find(Attributes.of(Attribute.ID, id), owner(privateKey));
        }
        return privateKey.label().isEmpty()
                ? List.of()
                : find(Attributes.of(Attribute.LABEL, privateKey.label()), owner(privateKey));
    }

    private List<StoredCertificate> issuers(X509Certificate first, String owner) {
        List<StoredCertificate> issuers = new ArrayList<>();
        X509Certificate last = first;
        while (!StoredCertificate.isSelfIssued(last) && issuers.size() < LONGEST_CHAIN) {
            Optional<StoredCertificate> issuer = issuer(last, owner);
            if (issuer.isEmpty()) {
                break;
            }
            issuers.add(issuer.get());
            last = issuer.get().certificate();
        }
        return issuers;
    }

    /** An issuer may have several certificates under one name; the one whose key signed is the one. */
    private Optional<StoredCertificate> issuer(X509Certificate certificate, String owner) {
        List<StoredCertificate> candidates =
                find(Attributes.of(Attribute.SUBJECT, StoredCertificate.issuer(certificate)), owner);
        return candidates.stream()
                .filter(candidate ->
                        candidates.size() == 1 || StoredCertificate.isSignedBy(certificate, candidate.certificate()))
                .max(Comparator.comparing(
                        candidate -> candidate.object().attributes().has(Attribute.CERTIFICATE_CATEGORY)));
    }

    private List<StoredCertificate> find(Attributes wanted, String owner) {
        Attributes filter = wanted.with(Attribute.CLASS, ObjectClass.CERTIFICATE)
                .with(Attribute.TOKEN, true)
                .with(Attribute.OWNER, owner);
        List<StoredCertificate> found = new ArrayList<>();
        for (ObjectInfo object : session.find(filter).list()) {
            found.add(StoredCertificate.read(session, object));
        }
        return found;
    }

    /** Gives a key these certificates instead of those it had. */
    void replace(ObjectInfo privateKey, List<X509Certificate> chain) {
        List<StoredCertificate> old = labelledAlike(privateKey);
        if (old.stream().noneMatch(stored -> stored.certificate().equals(chain.get(0)))) {
            StoredCertificate.store(
                    session,
                    chain.get(0),
                    Attributes.of(Attribute.LABEL, privateKey.label())
                            .with(Attribute.ID, privateKey.attributes().get(Attribute.ID)));
        }
        chain.stream().skip(1).forEach(issuer -> keepIssuer(issuer, owner(privateKey)));
        old.stream()
                .filter(stored -> !stored.certificate().equals(chain.get(0)))
                .forEach(stored -> destroyWithIssuers(stored, owner(privateKey)));
    }

    private void keepIssuer(X509Certificate issuer, String owner) {
        boolean kept = find(Attributes.of(Attribute.SUBJECT, StoredCertificate.subject(issuer)), owner).stream()
                .anyMatch(stored -> stored.object().label().isEmpty()
                        && stored.certificate().equals(issuer));
        if (!kept) {
            StoredCertificate.store(
                    session,
                    issuer,
                    Attributes.of(Attribute.CERTIFICATE_CATEGORY, AUTHORITY)
                            .with(Attribute.ID, StoredCertificate.keyIdentifier(issuer)));
        }
    }

    /** Gives the certificates of a key another label. */
    void relabel(ObjectInfo privateKey, String label) {
        labelledAlike(privateKey)
                .forEach(stored -> session.change(stored.object().id(), Attributes.of(Attribute.LABEL, label)));
    }

    /** Removes the certificates of a key and of issuers that nothing else needs. */
    void remove(ObjectInfo privateKey) {
        labelledAlike(privateKey).forEach(stored -> destroyWithIssuers(stored, owner(privateKey)));
    }

    private List<StoredCertificate> labelledAlike(ObjectInfo privateKey) {
        return ownAll(privateKey).stream()
                .filter(stored -> stored.object().label().equals(privateKey.label()))
                .toList();
    }

    private void destroyWithIssuers(StoredCertificate certificate, String owner) {
        List<StoredCertificate> issuers = issuers(certificate.certificate(), owner);
        session.destroy(certificate.object().id());
        for (StoredCertificate issuer : issuers) {
            if (!issuer.object().label().isEmpty() || hasIssuedAnother(issuer, owner)) {
                return;
            }
            session.destroy(issuer.object().id());
        }
    }

    /** A self-issued certificate needs no issuer: what is found is the copy of a root that stands for itself. */
    private boolean hasIssuedAnother(StoredCertificate issuer, String owner) {
        return find(Attributes.of(Attribute.ISSUER, StoredCertificate.subject(issuer.certificate())), owner).stream()
                .anyMatch(issued -> !issued.object().id().equals(issuer.object().id())
                        && !StoredCertificate.isSelfIssued(issued.certificate()));
    }

    private static String owner(ObjectInfo object) {
        return object.attributes().get(Attribute.OWNER);
    }
}
