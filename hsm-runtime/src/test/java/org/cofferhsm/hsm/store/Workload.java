package org.cofferhsm.hsm.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cofferhsm.hsm.key.SecretBytes;

/** Changes that follow from their number and from what is there: so it is known what a store holds after each of them. */
final class Workload {

    private static final int NEW_AT_MOST = 3;
    private static final int MANY = 100;

    private final SortedMap<Long, Long> versions = new TreeMap<>();
    private long number;

    /** The changes of an empty store. */
    static Workload fromTheBeginning() {
        return new Workload();
    }

    /** The changes that come next in a store. */
    static Workload continuing(StoreRoot root, List<StoreRecord> records) {
        Workload workload = new Workload();
        workload.number = root.change();
        records.forEach(record -> workload.versions.put(record.id(), record.version()));
        return workload;
    }

    long number() {
        return number;
    }

    /** Which version of which object is there. */
    SortedMap<Long, Long> versions() {
        return new TreeMap<>(versions);
    }

    /** Adds some objects, replaces one, and removes some when there are many. */
    Change next() {
        number++;
        Random random = new Random(number);
        List<Change.Put> puts = new ArrayList<>();
        List<Change.Removal> removals = new ArrayList<>();
        List<Long> there = List.copyOf(versions.keySet());
        if (there.size() > MANY) {
            there.subList(0, 1 + random.nextInt(MANY)).forEach(id -> removals.add(removal(id)));
        }
        if (!there.isEmpty()) {
            long last = there.get(there.size() - 1);
            if (removals.stream().noneMatch(removal -> removal.id() == last)) {
                puts.add(put(last));
            }
        }
        for (int i = random.nextInt(NEW_AT_MOST); i >= 0; i--) {
            puts.add(put(number * NEW_AT_MOST + i));
        }
        return new Change(puts, removals, announcement(number));
    }

    private Change.Removal removal(long id) {
        versions.remove(id);
        return new Change.Removal(RecordKind.OBJECT, id);
    }

    private Change.Put put(long id) {
        versions.put(id, number);
        return new Change.Put(RecordKind.OBJECT, id, attributes(id, number), SecretBytes.owning(secret(id, number)));
    }

    private static byte[] attributes(long id, long version) {
        byte[] attributes = new byte[50 + (int) ((id * 31 + version) % 400)];
        new Random(id << 20 ^ version).nextBytes(attributes);
        return attributes;
    }

    private static byte[] secret(long id, long version) {
        return ("secret " + id + " " + version).getBytes(UTF_8);
    }

    private static byte[] announcement(long number) {
        return ("announcement " + number).getBytes(UTF_8);
    }

    /** Checks that a store holds what it has to after as many changes as it says, and tells how many these are. */
    static long verify(ObjectStore store, Map<Long, SortedMap<Long, Long>> expected) {
        SortedMap<Long, Long> found = new TreeMap<>();
        for (StoreRecord record : store.records()) {
            found.put(record.id(), record.version());
            assertThat(record.attributes()).isEqualTo(attributes(record.id(), record.version()));
            try (SecretBytes secret = store.secret(record)) {
                assertThat(secret.use(byte[]::clone)).isEqualTo(secret(record.id(), record.version()));
            }
        }
        long change = store.root().change();
        assertThat(found).as("after change %d", change).isEqualTo(expected.get(change));
        for (Announcement announcement : store.announcements()) {
            assertThat(announcement.content())
                    .isEqualTo(announcement(announcement.root().change()));
        }
        return change;
    }
}
