package org.cofferhsm.hsm.jce;

import java.security.Key;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Changes of the key store. A key is never overwritten and never imported; a session key becomes a token key; a token
 * key that is given another alias is renamed, as keytool expects of an HSM.
 */
final class KeyStoreChange {

    private final Connection connection;
    private final Session session;
    private final StoreEntries entries;
    private final KeyShelf keys;
    private final CertificateShelf certificates;

    KeyStoreChange(Connection connection) {
        this.connection = connection;
        this.session = connection.session();
        this.entries = new StoreEntries(session);
        this.keys = new KeyShelf(session);
        this.certificates = new CertificateShelf(session);
    }

    /** Gives an alias a key of the module; the same key again takes the new chain. */
    ObjectInfo setKey(String alias, Key key, Certificate @Nullable [] chain) {
        requireLabel(alias);
        ObjectInfo own = session.describe(own(key).id());
        requireFree(alias, own);
        return key instanceof PrivateKey ? setPair(alias, own, x509(chain)) : keys.keepSecret(own, label(alias, own));
    }

    private ObjectInfo setPair(String alias, ObjectInfo own, List<X509Certificate> chain) {
        String label = label(alias, own);
        ObjectInfo kept = keys.keepPrivate(own, label, chain.get(0));
        if (own.id().equals(kept.id()) && !own.label().equals(label)) {
            certificates.relabel(withId(own, kept), label);
        }
        certificates.replace(kept, chain);
        return kept;
    }

    /** The old label with the id that the key has by now. */
    private static ObjectInfo withId(ObjectInfo old, ObjectInfo kept) {
        return new ObjectInfo(
                old.id(), old.attributes().with(Attribute.ID, kept.attributes().get(Attribute.ID)));
    }

    /** An alias with the key reference in it stays what it is: an alias, not a label. */
    private String label(String alias, ObjectInfo own) {
        return entries.find(alias)
                .filter(entry -> entry.object().id().equals(own.id()))
                .map(entry -> own.label())
                .orElse(alias);
    }

    private Handle own(Key key) {
        Handle handle = handle(key).orElseThrow(() -> foreign(key));
        if (handle.connection() != connection) {
            throw HsmException.argumentInvalid(
                    "the key " + handle + " belongs to another Coffer provider;" + " wrap it there and unwrap it here");
        }
        return handle;
    }

    private static Optional<Handle> handle(Key key) {
        if (key instanceof CofferPrivateKey own) {
            return Optional.of(own.handle());
        }
        return key instanceof CofferSecretKey own ? Optional.of(own.handle()) : Optional.empty();
    }

    private static HsmException foreign(Key key) {
        if (key instanceof SecretKey) {
            return HsmException.argumentInvalid(
                    "this secret key was made outside the module and is not imported"
                            + " (keytool -genseckey always does so, even with -providername Coffer); make it inside:"
                            + " coffer key generate-symmetric aes --label NAME, or KeyGenerator.getInstance(\"AES\", \"Coffer\")");
        }
        return HsmException.argumentInvalid("this " + key.getAlgorithm() + " key was made outside the module and is"
                + " not imported; to make it inside, add -providername Coffer");
    }

    private static List<X509Certificate> x509(Certificate @Nullable [] chain) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Certificate certificate : chain == null ? new Certificate[0] : chain) {
            certificates.add(x509(certificate));
        }
        if (certificates.isEmpty()) {
            throw HsmException.argumentInvalid("a private key comes with its certificate");
        }
        return certificates;
    }

    private static X509Certificate x509(@Nullable Certificate certificate) {
        if (certificate instanceof X509Certificate x509) {
            return x509;
        }
        throw HsmException.argumentInvalid("only X.509 certificates are kept");
    }

    private static void requireLabel(String alias) {
        if (alias.isEmpty()) {
            throw HsmException.argumentInvalid("an alias is not empty");
        }
    }

    private void requireFree(String alias, ObjectInfo own) {
        Optional<StoreEntry> taken =
                entries.find(alias).filter(entry -> !entry.object().id().equals(own.id()));
        if (taken.isPresent()) {
            throw HsmException.argumentInvalid("the alias \"" + alias + "\" names another entry already ("
                    + taken.get().object().id() + "); delete that first, a key is not overwritten");
        }
    }

    /** Gives an alias a certificate that stands for itself, in the place of one that it named before. */
    ObjectInfo setCertificate(String alias, @Nullable Certificate certificate) {
        requireLabel(alias);
        X509Certificate trusted = x509(certificate);
        Optional<StoreEntry> old = entries.find(alias);
        if (old.isPresent() && !(old.get() instanceof StoreEntry.CertificateEntry)) {
            throw HsmException.argumentInvalid("the alias \"" + alias + "\" names a key already");
        }
        String label = old.map(entry -> entry.object().label()).orElse(alias);
        ObjectInfo stored = StoredCertificate.store(
                session,
                trusted,
                Attributes.of(Attribute.LABEL, label).with(Attribute.ID, StoredCertificate.keyIdentifier(trusted)));
        old.ifPresent(entry -> session.destroy(entry.object().id()));
        return stored;
    }

    /** Deletes what the alias names; gives whether there was anything. */
    boolean delete(String alias) {
        Optional<StoreEntry> entry = entries.find(alias);
        entry.ifPresent(this::delete);
        return entry.isPresent();
    }

    private void delete(StoreEntry entry) {
        if (entry instanceof StoreEntry.PrivateKeyEntry) {
            keys.destroyPair(entry.object());
            certificates.remove(entry.object());
        } else {
            session.destroy(entry.object().id());
        }
    }
}
