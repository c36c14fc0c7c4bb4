package org.cofferhsm.hsm;

import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.audit.AuditEvent.ChangeMark;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.store.Announcement;
import org.cofferhsm.hsm.store.StoreRoot;

/**
 * Whether the store and the audit log tell the same story. Each change is stored first and recorded second, so the store
 * may be ahead by changes that it still announces; it is never behind, unless an old copy was put back.
 */
final class Continuity {

    private Continuity() {}

    /** Complains by {@code storeTampered} or {@code auditTampered} when they do not. */
    static void require(StoreRoot store, List<Announcement> announced, Optional<ChangeMark> recorded) {
        long last = recorded.map(ChangeMark::change).orElse(0L);
        if (store.change() < last) {
            throw HsmException.storeTampered("the store was rolled back: it is at change " + store.change()
                    + ", but the audit log has recorded change " + last
                    + "; an old copy of the store was put back. Put the newest copy back, or restore a backup");
        }
        if (store.change() == last) {
            requireSameRoot(store, recorded);
        }
        for (long change = last + 1; change <= store.change(); change++) {
            requireAnnounced(change, announced, last);
        }
    }

    private static void requireSameRoot(StoreRoot store, Optional<ChangeMark> recorded) {
        if (recorded.isPresent() && !recorded.get().root().equals(store.digest())) {
            throw HsmException.storeTampered("the store and the audit log disagree about change " + store.change()
                    + ": the store is not the one that the log was written for");
        }
    }

    private static void requireAnnounced(long change, List<Announcement> announced, long last) {
        if (announced.stream().noneMatch(announcement -> announcement.root().change() == change)) {
            throw HsmException.auditTampered(
                    "the audit log ends at change " + last + ", but change " + change
                            + " of the store had been recorded: the end of the log is missing, or an old copy of it was put back");
        }
    }
}
