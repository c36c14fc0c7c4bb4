package org.cofferhsm.hsm.store;

import java.util.Arrays;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.SecretBytes;

/**
 * What makes a store this module's own: everything in the database is authenticated with the module's id under keys that
 * only an unlocked module has.
 *
 * <p>It is a tree of keyed digests (HMAC-SHA-256). A record's tag covers all its columns; a part of the index lists the
 * tags of its records; the root covers the digests of all parts, the change number and the highest ids. A tree, and not
 * an exclusive-or or sum over the tags, because whoever keeps some hundred old rows could solve for a mixture of old and
 * new ones with the same sum, and because the lists can tell which record is missing.
 */
final class Authentication {

    private final Octets module;
    private final RecordProtection protection;

    Authentication(Octets module, RecordProtection protection) {
        this.module = module;
        this.protection = protection;
    }

    Octets module() {
        return module;
    }

    /** The record with its secret sealed, bound to everything else in it. */
    StoreRecord seal(Change.Put put, long version) {
        byte[] context = context(new RecordKey(put.kind(), put.id()), version, put.attributes())
                .toByteArray();
        return new StoreRecord(put.kind(), put.id(), version, put.attributes(), protection.seal(context, put.secret()));
    }

    SecretBytes open(StoreRecord record) {
        byte[] context = context(RecordKey.of(record), record.version(), record.attributes())
                .toByteArray();
        return protection.open(context, record.sealed());
    }

    IndexEntry entryOf(StoreRecord record) {
        RecordKey key = RecordKey.of(record);
        byte[] digest = protection.mac(context(key, record.version(), record.attributes())
                .block(record.sealed())
                .toByteArray());
        return new IndexEntry(key, record.version(), Arrays.copyOf(digest, IndexEntry.TAG_BYTES));
    }

    private Statement context(RecordKey key, long version, byte[] attributes) {
        return Statement.about("coffer record 1", module)
                .number(key.kind().code())
                .number(key.id())
                .number(version)
                .block(attributes);
    }

    byte[] digestOfPart(int number, byte[] entries) {
        return protection.mac(Statement.about("coffer index part 1", module)
                .number(number)
                .block(entries)
                .toByteArray());
    }

    StoreRoot root(long change, LastIds lastIds, PartDigests parts) {
        Statement statement =
                Statement.about("coffer root 1", module).number(change).block(lastIds.encode());
        parts.appendTo(statement);
        return new StoreRoot(change, Octets.of(protection.mac(statement.toByteArray())));
    }

    byte[] digestOfState(StateRow row) {
        return protection.mac(Statement.about("coffer state 1", module)
                .number(row.change())
                .number(row.announced())
                .block(row.lastIds())
                .block(row.partMarks())
                .block(row.root())
                .toByteArray());
    }

    byte[] digestOf(Announcement announcement) {
        return protection.mac(Statement.about("coffer announcement 1", module)
                .number(announcement.root().change())
                .block(announcement.root().digest().toByteArray())
                .block(announcement.content())
                .toByteArray());
    }
}
