package org.cofferhsm.tde.wallet;

import java.util.List;

/**
 * What an import into the escrow does, or would do.
 *
 * @param added entries that were not there
 * @param changed entries that are there with another value, which is kept too
 * @param present entries that are there as they are
 * @param others keys and certificates in the wallet, which are not kept
 */
public record EscrowReport(List<String> added, List<String> changed, List<String> present, int others) {

    public EscrowReport {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        present = List.copyOf(present);
    }

    /** How many of these entries are master keys. */
    public static long keys(List<String> entries) {
        return entries.stream().filter(name -> EntryNames.key(name).isPresent()).count();
    }
}
