package org.cofferhsm.hsm.audit;

import java.util.Arrays;

/** Whether a loss of power explains a bad record behind the head of the log, or only a hand does. */
final class TornWrite {

    /** The unit in which a disk writes, whole or not at all, when the power fails. */
    private static final int SECTOR = 512;

    private TornWrite() {}

    /**
     * A record whose length is there was all in memory when its first sector was written, and the record after it
     * shares its last sector: if that one is whole, then only a sector between them can have been lost.
     */
    static boolean explains(Frame bad, Slot following, Chain before, MacCheck macs) {
        return !(following instanceof Frame next) || !follows(next, bad, before, macs) || hasLostSector(bad);
    }

    private static boolean follows(Frame next, Frame bad, Chain before, MacCheck macs) {
        Chain afterBad = new Chain(before.sequence() + 1, bad.hash());
        return afterBad.continuesWith(next) && macs.accepts(next.hash(), next.mac());
    }

    private static boolean hasLostSector(Frame frame) {
        byte[] bytes = frame.toBytes();
        int first = Math.floorMod(-frame.offset(), SECTOR);
        for (int from = first; from + SECTOR <= bytes.length; from += SECTOR) {
            if (Arrays.equals(bytes, from, from + SECTOR, new byte[SECTOR], 0, SECTOR)) {
                return true;
            }
        }
        return false;
    }
}
