package org.cofferhsm.signtool.signing;

import java.util.List;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.jce.CertifiedKey;
import org.cofferhsm.hsm.session.Session;

/** The key pairs of a user that have a certificate, which is what SignTool calls a certificate store. */
public final class ModuleKeys {

    private final Session session;

    public ModuleKeys(Session session) {
        this.session = session;
    }

    /** All of them, in the order of their labels; whether a key may sign shows when it is used. */
    public List<ModuleKey> list() {
        return CertifiedKey.all(session).stream().map(this::key).toList();
    }

    /** The one under this alias. */
    public ModuleKey named(String alias) {
        return CertifiedKey.find(session, alias)
                .map(this::key)
                .orElseThrow(() -> HsmException.keyNotFound(
                        "no key pair of this user has a certificate and the label \"" + alias + "\""));
    }

    private ModuleKey key(CertifiedKey found) {
        return new ModuleKey(session, found.key(), found.alias(), found.chain());
    }
}
