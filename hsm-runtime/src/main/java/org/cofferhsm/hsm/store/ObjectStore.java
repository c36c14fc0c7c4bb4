package org.cofferhsm.hsm.store;

import java.util.List;
import org.cofferhsm.hsm.key.SecretBytes;

/**
 * The records of one module. One process owns it; reads come from memory after {@link #records}. Safe for use by several
 * threads.
 *
 * <p>When it cannot be known whether a change is durable (the disk failed in the very moment), the store stops: every
 * later call complains by {@code storeUnavailable} until it is opened again.
 */
public interface ObjectStore extends AutoCloseable {

    /**
     * All records, each verified with all its attributes, and the set of them against the root; called once, before the
     * first {@link #commit}. Complains by {@code storeTampered} with the names of the records that were altered, added
     * or lost.
     */
    List<StoreRecord> records();

    /** The state of the store now. */
    StoreRoot root();

    /** Durable changes whose audit record may be missing, oldest first. */
    List<Announcement> announcements();

    /** Decrypts the secret of a record. */
    SecretBytes secret(StoreRecord record);

    /**
     * Sets aside {@code count} consecutive ids and gives the first. No id is given twice by a store that is open, nor one
     * that a durable change ever used, be its record there or removed.
     */
    long reserveIds(RecordKind kind, int count);

    /**
     * Makes changes durable: one transaction, forced to disk before this returns. Changes happen in their order; each
     * gets its own root. Complains by {@code storeUnavailable} when the database is gone or the disk is full; unless it says
     * that nothing was changed, the store has stopped.
     */
    List<Committed> commit(List<Change> changes);

    /**
     * The audit log has recorded all changes up to this one, so their announcements may go with the next commit. Never
     * complains: the changes are durable and recorded, whatever became of the store since.
     */
    void announced(long change);

    @Override
    void close();
}
