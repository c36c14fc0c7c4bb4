package org.cofferhsm.hsm.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.SecretBytes;

/** What tests put into a store, and what they compare it by. */
final class Records {

    static final Octets MODULE = Octets.ofHex("00112233445566778899aabbccddeeff");

    private Records() {}

    static Change.Put put(RecordKind kind, long id, String attributes, String secret) {
        return new Change.Put(kind, id, attributes.getBytes(UTF_8), SecretBytes.copyOf(secret.getBytes(UTF_8)));
    }

    static Change.Put object(long id, String attributes) {
        return put(RecordKind.OBJECT, id, attributes, "secret of " + attributes);
    }

    static Change change(String announcement, Change.Put... puts) {
        return new Change(List.of(puts), List.of(), announcement.getBytes(UTF_8));
    }

    static Change removal(String announcement, long... objects) {
        List<Change.Removal> removals = Arrays.stream(objects)
                .mapToObj(id -> new Change.Removal(RecordKind.OBJECT, id))
                .toList();
        return new Change(List.of(), removals, announcement.getBytes(UTF_8));
    }

    /** Everything that a store holds, secrets opened, by name: what has to be the same. */
    static Map<String, String> contents(ObjectStore store, List<StoreRecord> records) {
        Map<String, String> contents = new TreeMap<>();
        for (StoreRecord record : records) {
            try (SecretBytes secret = store.secret(record)) {
                contents.put(
                        RecordKey.of(record).toString(),
                        record.version() + ":" + new String(record.attributes(), UTF_8) + ":"
                                + secret.use(bytes -> new String(bytes, UTF_8)));
            }
        }
        return contents;
    }

    /** As {@link #contents}, and that no byte differs: the digest of the sealed form too. */
    static Map<String, String> exactContents(ObjectStore store, List<StoreRecord> records) {
        Map<String, String> contents = contents(store, records);
        records.forEach(record -> contents.merge(
                RecordKey.of(record).toString(), ":" + HexFormat.of().formatHex(record.sealed()), String::concat));
        return contents;
    }

    static String text(Announcement announcement) {
        return announcement.root().change() + " " + new String(announcement.content(), UTF_8);
    }
}
