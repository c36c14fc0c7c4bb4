package org.cofferhsm.hsm.cli;

import java.util.List;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.session.Session;

/** The option {@code --share-crypto-users} of the commands that make keys. */
final class Sharing {

    private Sharing() {}

    static void declare(OptionSet options) {
        options.values("share-crypto-users", "USER", "crypto users who may use the key without owning it");
    }

    /**
     * Shares a new key as the command says.
     *
     * @param made everything that the command has made; gone again when the key cannot be shared
     */
    static void apply(Invocation invocation, Session session, KeyId key, List<KeyId> made) {
        try {
            invocation.all("share-crypto-users").forEach(user -> session.share(key, user));
        } catch (HsmException e) {
            made.forEach(session::destroy);
            throw e;
        }
    }
}
