package org.cofferhsm.hsm.jce;

import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.session.Session;
import org.jspecify.annotations.Nullable;

/** The key store as it is now, in the JCA's terms. */
final class KeyStoreContent {

    private final Session session;
    private final KeyHandles handles;
    private final StoreEntries entries;
    private final CertificateShelf certificates;

    KeyStoreContent(Connection connection) {
        this.session = connection.session();
        this.handles = new KeyHandles(connection);
        this.entries = new StoreEntries(session);
        this.certificates = new CertificateShelf(session);
    }

    List<String> aliases() {
        return entries.all().stream().map(StoreEntries.Named::alias).toList();
    }

    Optional<StoreEntry> entry(String alias) {
        return entries.find(alias);
    }

    static Class<? extends KeyStore.Entry> entryType(StoreEntry entry) {
        if (entry instanceof StoreEntry.PrivateKeyEntry) {
            return KeyStore.PrivateKeyEntry.class;
        }
        return entry instanceof StoreEntry.SecretKeyEntry
                ? KeyStore.SecretKeyEntry.class
                : KeyStore.TrustedCertificateEntry.class;
    }

    Optional<Key> key(String alias) {
        return entry(alias).flatMap(this::key);
    }

    private Optional<Key> key(StoreEntry entry) {
        if (entry instanceof StoreEntry.PrivateKeyEntry) {
            return Optional.of(handles.privateKey(entry.object()));
        }
        return entry instanceof StoreEntry.SecretKeyEntry
                ? Optional.of(handles.secretKey(entry.object()))
                : Optional.empty();
    }

    Optional<X509Certificate> certificate(String alias) {
        return entry(alias).flatMap(this::certificate);
    }

    private Optional<X509Certificate> certificate(StoreEntry entry) {
        if (entry instanceof StoreEntry.PrivateKeyEntry) {
            return certificates.own(entry.object()).map(StoredCertificate::certificate);
        }
        return entry instanceof StoreEntry.CertificateEntry
                ? Optional.of(StoredCertificate.read(session, entry.object()).certificate())
                : Optional.empty();
    }

    /** The chain of a private key; empty for all else. */
    List<X509Certificate> chain(String alias) {
        return entry(alias)
                .filter(entry -> entry instanceof StoreEntry.PrivateKeyEntry)
                .map(entry -> certificates.chain(entry.object()))
                .orElse(List.of());
    }

    /**
     * The module keeps no dates of creation; the key's start date, or the day its certificate begins, comes closest, else
     * 1970.
     */
    Optional<Date> creationDate(String alias) {
        return entry(alias)
                .map(entry -> startDate(entry.object())
                        .or(() -> certificate(entry).map(X509Certificate::getNotBefore))
                        .orElseGet(() -> new Date(0)));
    }

    private static Optional<Date> startDate(ObjectInfo object) {
        return object.attributes()
                .find(Attribute.START_DATE)
                .map(day -> Date.from(day.atStartOfDay(ZoneOffset.UTC).toInstant()));
    }

    Optional<String> aliasOf(@Nullable Certificate certificate) {
        return certificate == null
                ? Optional.empty()
                : aliases().stream()
                        .filter(alias ->
                                certificate(alias).filter(certificate::equals).isPresent())
                        .findFirst();
    }

    Optional<KeyStore.Entry> javaEntry(String alias) {
        return entry(alias).map(this::javaEntry);
    }

    private KeyStore.Entry javaEntry(StoreEntry entry) {
        if (entry instanceof StoreEntry.PrivateKeyEntry) {
            return privateKeyEntry(entry.object());
        }
        return entry instanceof StoreEntry.SecretKeyEntry
                ? new KeyStore.SecretKeyEntry(handles.secretKey(entry.object()))
                : new KeyStore.TrustedCertificateEntry(
                        StoredCertificate.read(session, entry.object()).certificate());
    }

    private KeyStore.Entry privateKeyEntry(ObjectInfo object) {
        PrivateKey key = handles.privateKey(object);
        List<X509Certificate> chain = certificates.chain(object);
        if (chain.isEmpty()) {
            throw HsmException.keyNotFound("the key " + object.label() + " has no certificate yet, which Java wants"
                    + " of an entry; KeyStore.getKey gives the key without one");
        }
        return new KeyStore.PrivateKeyEntry(key, chain.toArray(new X509Certificate[0]));
    }
}
