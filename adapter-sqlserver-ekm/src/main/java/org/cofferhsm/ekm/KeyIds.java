package org.cofferhsm.ekm;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The ids of a credential's keys, one after the other. All are read when a list begins and once more at its end, not at each
 * step: a list of ten thousand keys would read a hundred million.
 */
final class KeyIds {

    private final EkmKeys keys;
    private volatile long[] read = {};

    KeyIds(EkmKeys keys) {
        this.keys = keys;
    }

    /** The id after that one, the first after 0; empty at the end. */
    OptionalInt after(int keyId) {
        long last = Integer.toUnsignedLong(keyId);
        OptionalInt next = last == 0 ? OptionalInt.empty() : firstAfter(last, read);
        return next.isPresent() ? next : firstAfter(last, readAgain());
    }

    private long[] readAgain() {
        long[] ids = keys.ids();
        read = ids;
        return ids;
    }

    private OptionalInt firstAfter(long last, long[] ids) {
        int found = Arrays.binarySearch(ids, last);
        return Arrays.stream(ids, found < 0 ? -found - 1 : found + 1, ids.length)
                .filter(keys::isListed)
                .mapToInt(id -> (int) id)
                .findFirst();
    }
}
