package org.cofferhsm.signtool.signing;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.jce.CofferKey;
import org.cofferhsm.hsm.jce.CofferProvider;
import org.cofferhsm.hsm.session.Session;
import org.jspecify.annotations.Nullable;

/** The key pairs of a user that have a certificate, which is what SignTool calls a certificate store. */
public final class ModuleKeys {

    private final Session session;

    public ModuleKeys(Session session) {
        this.session = session;
    }

    /** All of them, in the order of their aliases; whether a key may sign shows when it is used. */
    public List<ModuleKey> list() {
        try {
            KeyStore store = open();
            List<ModuleKey> found = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                find(store, alias).ifPresent(found::add);
            }
            return List.copyOf(found);
        } catch (GeneralSecurityException | IOException e) {
            throw HsmException.internal("the module's keys cannot be listed: " + e.getMessage())
                    .causedBy(e);
        }
    }

    /** The one under this alias. */
    public ModuleKey named(String alias) {
        try {
            return find(open(), alias)
                    .orElseThrow(() -> HsmException.keyNotFound(
                            "no key pair of this user has a certificate and the label \"" + alias + "\""));
        } catch (GeneralSecurityException | IOException e) {
            throw HsmException.internal("the key \"" + alias + "\" cannot be read: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private KeyStore open() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("Coffer", CofferProvider.of(session));
        store.load(null, null);
        return store;
    }

    private Optional<ModuleKey> find(KeyStore store, String alias) throws GeneralSecurityException {
        List<X509Certificate> chain = chain(store.getCertificateChain(alias));
        Key key = store.getKey(alias, null);
        return key instanceof PrivateKey && key instanceof CofferKey held && !chain.isEmpty()
                ? Optional.of(new ModuleKey(session, held.keyId(), alias, chain))
                : Optional.empty();
    }

    private static List<X509Certificate> chain(Certificate @Nullable [] certificates) {
        return certificates == null
                ? List.of()
                : Stream.of(certificates).map(X509Certificate.class::cast).toList();
    }
}
