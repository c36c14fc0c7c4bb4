package org.cofferhsm.tde;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.cofferhsm.hsm.error.HsmException;

/**
 * What became of a set of tablespace keys when the master key was rotated.
 *
 * @param masterKey under which all but the failed ones are now
 * @param rewrapped how many were wrapped anew
 * @param already how many were under it before
 * @param failures those that were not; their headers are as they were
 */
public record Rewrapping(MasterKeyId masterKey, int rewrapped, int already, List<Failure> failures) {

    /**
     * A tablespace that stayed under its old master key.
     *
     * @param tablespace its name
     */
    public record Failure(String tablespace, HsmException cause) {}

    public Rewrapping {
        failures = List.copyOf(failures);
    }

    /** Whether every tablespace is under the master key. */
    public boolean isComplete() {
        return failures.isEmpty();
    }

    static Rewrapping of(TdeKeystore keystore, MasterKeyId master, Collection<? extends TablespaceHeader> tablespaces) {
        int rewrapped = 0;
        List<Failure> failures = new ArrayList<>();
        for (TablespaceHeader tablespace : tablespaces) {
            try {
                rewrapped += rewrap(keystore, master, tablespace) ? 1 : 0;
            } catch (HsmException e) {
                failures.add(new Failure(tablespace.name(), OraCause.explained(e)));
            }
        }
        return new Rewrapping(master, rewrapped, tablespaces.size() - rewrapped - failures.size(), failures);
    }

    /** False when it was under that key already. */
    private static boolean rewrap(TdeKeystore keystore, MasterKeyId master, TablespaceHeader tablespace) {
        WrappedTablespaceKey before = tablespace.wrappedKey();
        if (before.masterKey().equals(master)) {
            return false;
        }
        WrappedTablespaceKey after = keystore.rewrap(before);
        requireSame(keystore, before, after);
        tablespace.replace(after);
        return true;
    }

    /** Before the old wrapping is given up, the new one has to open. */
    private static void requireSame(TdeKeystore keystore, WrappedTablespaceKey before, WrappedTablespaceKey after) {
        try (TablespaceKey old = keystore.unwrap(before);
                TablespaceKey current = keystore.unwrap(after)) {
            if (!old.sameAs(current)) {
                throw HsmException.internal("the re-wrapped tablespace key is not the one that was wrapped before");
            }
        }
    }
}
