package org.cofferhsm.hsm.store;

import java.util.List;
import org.cofferhsm.hsm.key.SecretBytes;

/**
 * One change of the store: it happens whole or not at all.
 *
 * @param puts records to write
 * @param removals records to remove
 * @param announcement what the audit log shall say of this change; kept until the log is known to have it
 */
public record Change(List<Put> puts, List<Removal> removals, byte[] announcement) {

    public Change {
        puts = List.copyOf(puts);
        removals = List.copyOf(removals);
    }

    /** A record to be written: a new one, or a new version. The secret is sealed by the store. */
    public record Put(RecordKind kind, long id, byte[] attributes, SecretBytes secret) {}

    /** A record to be removed. */
    public record Removal(RecordKind kind, long id) {}
}
