package org.cofferhsm.hsm.jce;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.session.Session;

/**
 * A key pair that has a certificate, for programs that sign by the session itself: what the key store calls a private key
 * entry, without the provider and its objects.
 *
 * @param alias as in the key store: the key's label, or label and reference where it is not unique
 * @param key the private key
 * @param chain its own certificate first, then the issuers that the module has; never empty
 */
public record CertifiedKey(String alias, KeyId key, List<X509Certificate> chain) {

    public CertifiedKey {
        chain = List.copyOf(chain);
    }

    /** All that the session's user sees, in the order of their labels. */
    public static List<CertifiedKey> all(Session session) {
        List<CertifiedKey> all = new ArrayList<>();
        for (StoreEntries.Named named : new StoreEntries(session).all()) {
            of(session, named).ifPresent(all::add);
        }
        return all;
    }

    /** The one of this alias; empty also where an entry of another kind has it. Complains when several have it. */
    public static Optional<CertifiedKey> find(Session session, String alias) {
        return new StoreEntries(session)
                .find(alias)
                .flatMap(entry -> of(session, new StoreEntries.Named(alias, entry)));
    }

    private static Optional<CertifiedKey> of(Session session, StoreEntries.Named named) {
        if (!(named.entry() instanceof StoreEntry.PrivateKeyEntry entry)) {
            return Optional.empty();
        }
        List<X509Certificate> chain = new CertificateShelf(session).chain(entry.object());
        return chain.isEmpty()
                ? Optional.empty()
                : Optional.of(new CertifiedKey(named.alias(), entry.object().id(), chain));
    }
}
