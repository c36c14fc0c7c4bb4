package org.cofferhsm.hsm.store;

import static org.cofferhsm.hsm.store.Records.change;
import static org.cofferhsm.hsm.store.Records.object;
import static org.cofferhsm.hsm.store.Records.put;
import static org.cofferhsm.hsm.store.Records.removal;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;

/**
 * A module's directory with a store that has seen some changes, and what it held after each of them: the only answers
 * that are right.
 */
final class History {

    static final RecordProtection PROTECTION = new AesGcmProtection(1);

    private final Map<StoreRoot, Map<String, String>> states = new HashMap<>();

    private long lastShown;

    private History() {}

    /** Objects 1 to 40 in version 1, without 7, and a user. Then 3 and 4 anew; both changes are still announced. */
    static History of(Path home, Runnable inBetween) {
        History history = new History();
        try (ModuleLock lock = ModuleLock.acquire(home)) {
            history.first(lock);
            inBetween.run();
            history.second(lock);
        }
        return history;
    }

    private void first(ModuleLock lock) {
        try (ObjectStore store = H2Store.create(lock, Records.MODULE, PROTECTION)) {
            remember(store);
            Change.Put[] objects = new Change.Put[40];
            for (int i = 0; i < objects.length; i++) {
                objects[i] = object(i + 1, "label=key" + (i + 1) + "-".repeat(200));
            }
            commit(store, change("import", objects));
            commit(store, change("user", put(RecordKind.USER, 1, "name=admin", "verifier")));
            store.announced(2);
            commit(store, removal("destroy", 7));
        }
    }

    private void second(ModuleLock lock) {
        try (ObjectStore store = H2Store.open(lock, Records.MODULE, PROTECTION)) {
            store.records();
            commit(store, change("label", object(3, "label=new3"), object(4, "label=new4")));
        }
    }

    private void commit(ObjectStore store, Change change) {
        store.commit(List.of(change));
        remember(store);
    }

    private void remember(ObjectStore store) {
        states.put(store.root(), everything(store));
    }

    private static Map<String, String> everything(ObjectStore store) {
        Map<String, String> contents = Records.exactContents(store, store.records());
        store.announcements()
                .forEach(announcement -> contents.put(
                        "announcement " + Records.text(announcement),
                        announcement.root().toString()));
        return contents;
    }

    /** The change number of the root that the store showed which was opened last. */
    long lastShown() {
        return lastShown;
    }

    /**
     * Opens the store in a directory.
     *
     * @return the reason of the refusal, or empty when everything was right for the root that the store shows
     */
    Optional<Reason> open(Path home) {
        try (ModuleLock lock = ModuleLock.acquire(home);
                ObjectStore store = H2Store.open(lock, Records.MODULE, PROTECTION)) {
            Map<String, String> found = everything(store);
            if (!found.equals(states.get(store.root()))) {
                throw new AssertionError(
                        "wrong contents served under the root " + store.root() + ": " + found.keySet());
            }
            lastShown = store.root().change();
            return Optional.empty();
        } catch (HsmException e) {
            return Optional.of(e.reason());
        }
    }
}
