package org.cofferhsm.tde.h2;

import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.tde.MasterKeyId;
import org.cofferhsm.tde.TablespaceAlgorithm;
import org.cofferhsm.tde.TablespaceKey;
import org.cofferhsm.tde.TdeKeystore;
import org.cofferhsm.tde.WrappedTablespaceKey;

/** The header of a tablespace to be, with a new key, and what is derived from it. */
record NewTablespace(HeaderSlot slot, PageKeys keys) {

    static NewTablespace in(TdeKeystore keystore, boolean tagged) {
        try (TablespaceKey key = keystore.generate(TablespaceAlgorithm.AES256)) {
            WrappedTablespaceKey wrapped = keystore.wrap(key);
            MasterKeyId origin = keystore.masterKeys().get(0).id();
            Octets salt = salt(keystore);
            HeaderIdentity identity = new HeaderIdentity(tagged, salt, origin);
            PageKeys keys = key.use(bytes -> PageKeys.of(bytes, salt));
            return new NewTablespace(new HeaderSlot(identity, keys.headerMac(identity.encode()), 1, wrapped), keys);
        }
    }

    private static Octets salt(TdeKeystore keystore) {
        try (TablespaceKey random = keystore.generate(TablespaceAlgorithm.AES256)) {
            return random.use(Octets::of);
        }
    }
}
