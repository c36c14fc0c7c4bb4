package org.cofferhsm.signtool.format.msi;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;

/**
 * A storage: streams and further storages (MS-CFB §2.6).
 *
 * @param entry its own entry
 * @param children what is in it, in the order in which signatures take it
 */
record Storage(DirectoryEntry entry, List<Child> children) {

    private static final int DEEPEST = 32;

    /** In the order in which signatures take them: by the bytes of their names. */
    private static final Comparator<Child> BY_NAME =
            Comparator.comparing(child -> child.entry().name(), Arrays::compareUnsigned);

    Storage {
        children = children.stream().sorted(BY_NAME).toList();
        for (int i = 1; i < children.size(); i++) {
            requireUnlike(children.get(i - 1), children.get(i));
        }
    }

    /** Names are unique (§2.6.4): of two streams of one name programs would disagree on which one counts. */
    private static void requireUnlike(Child one, Child next) {
        if (BY_NAME.compare(one, next) == 0) {
            throw HsmException.dataInvalid("the installer database is damaged: its entries "
                    + one.entry().id() + " and " + next.entry().id() + " have the same name");
        }
    }

    /**
     * What is in a storage.
     *
     * @param storage what is in it in turn; empty for a stream
     */
    record Child(DirectoryEntry entry, Optional<Storage> storage) {}

    static Storage root(List<DirectoryEntry> entries) {
        if (entries.isEmpty() || entries.get(0).type() != DirectoryEntry.ROOT) {
            throw HsmException.dataInvalid("the installer database has no root");
        }
        return new Walk(entries).storage(entries.get(0), 0);
    }

    Optional<DirectoryEntry> stream(String name) {
        return children.stream()
                .map(Child::entry)
                .filter(child -> child.isStream() && child.isNamed(name))
                .findFirst();
    }

    /** Follows the trees of siblings; an entry that is met twice makes the directory a circle, and is refused. */
    private static final class Walk {
        private final List<DirectoryEntry> entries;
        private final BitSet met = new BitSet();

        private Walk(List<DirectoryEntry> entries) {
            this.entries = entries;
            met.set(0);
        }

        private Storage storage(DirectoryEntry entry, int depth) {
            if (depth > DEEPEST) {
                throw HsmException.dataInvalid("the installer database has storages in storages without end");
            }
            List<Child> children = new ArrayList<>();
            Deque<Integer> open = new ArrayDeque<>();
            open.push(entry.child());
            while (!open.isEmpty()) {
                int id = open.pop();
                if (id != DirectoryEntry.NONE) {
                    DirectoryEntry child = meet(id);
                    open.push(child.left());
                    open.push(child.right());
                    children.add(child(child, depth));
                }
            }
            return new Storage(entry, children);
        }

        private DirectoryEntry meet(int id) {
            if (id < 0 || id >= entries.size() || met.get(id)) {
                throw HsmException.dataInvalid("the installer database is damaged: its directory speaks of entry "
                        + Integer.toUnsignedString(id) + (id > 0 && met.get(id) ? " twice" : ", which is not there"));
            }
            met.set(id);
            return entries.get(id);
        }

        private Child child(DirectoryEntry entry, int depth) {
            return switch (entry.type()) {
                case DirectoryEntry.STREAM -> new Child(entry, Optional.empty());
                case DirectoryEntry.STORAGE -> new Child(entry, Optional.of(storage(entry, depth + 1)));
                default ->
                    throw HsmException.dataInvalid(
                            "the installer database is damaged: entry " + entry.id() + " is of no known type");
            };
        }
    }
}
