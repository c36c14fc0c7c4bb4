package org.cofferhsm.tde;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;

/**
 * The TDE keystore of one crypto user: master keys that never leave the module, and the tablespace keys that they wrap.
 *
 * <p>Setting a new master key makes it the current one; older ones go on unwrapping what they wrapped, so that old
 * backups stay readable. Keystores of different users do not see each other's keys.
 */
public final class TdeKeystore {

    private final Session session;
    private final MasterKeys masterKeys;

    public TdeKeystore(Session session) {
        this.session = session;
        this.masterKeys = new MasterKeys(session, Clock.systemUTC());
    }

    /** Makes a master key and makes it the current one: {@code ADMINISTER KEY MANAGEMENT SET KEY USING TAG}. */
    public synchronized MasterKey setKey(String tag) {
        return masterKeys.add(tag);
    }

    /** The master keys, in the order of their activation. */
    public List<MasterKey> masterKeys() {
        return masterKeys.list();
    }

    /** The master key under which tablespace keys are wrapped now, when one was set. */
    public Optional<MasterKey> currentMasterKey() {
        return masterKeys().stream().filter(MasterKey::current).findFirst();
    }

    /** A new tablespace key from the module's random generator. */
    public TablespaceKey generate(TablespaceAlgorithm algorithm) {
        return TablespaceKey.owning(session.random(algorithm.keyBytes()));
    }

    /** The tablespace key under the current master key. */
    public WrappedTablespaceKey wrap(TablespaceKey key) {
        MasterKeyId master = masterKeys.current();
        byte[] sealed =
                key.use(bytes -> session.encrypt(masterKeys.handle(master), wrapping(master, key.algorithm()), bytes));
        return new WrappedTablespaceKey(master, key.algorithm(), Octets.of(sealed));
    }

    /** The tablespace key in the clear, for a database to hold in its memory. */
    public TablespaceKey unwrap(WrappedTablespaceKey wrapped) {
        MasterKeyId master = wrapped.masterKey();
        try {
            return TablespaceKey.owning(session.decrypt(
                    masterKeys.handle(master),
                    wrapping(master, wrapped.algorithm()),
                    wrapped.sealed().toByteArray()));
        } catch (HsmException e) {
            throw e.reason() == Reason.ENCRYPTED_DATA_INVALID ? altered(master, e) : e;
        }
    }

    /** The same tablespace key under the current master key: what a rotation does, without touching data. */
    public WrappedTablespaceKey rewrap(WrappedTablespaceKey wrapped) {
        try (TablespaceKey key = unwrap(wrapped)) {
            return wrap(key);
        }
    }

    private static Algorithm wrapping(MasterKeyId master, TablespaceAlgorithm algorithm) {
        return Algorithm.aesGcm(WrappedTablespaceKey.header(master, algorithm));
    }

    private static HsmException altered(MasterKeyId master, HsmException cause) {
        return HsmException.wrappedKeyInvalid("the wrapped tablespace key is not what the master key " + master
                        + " wrapped: it was altered; restore it from a backup of the tablespace")
                .causedBy(cause);
    }
}
