package org.cofferhsm.signtool.format.msi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.cofferhsm.hsm.error.HsmException;

/**
 * Which sector follows which (MS-CFB §2.3, §2.5). A sector that belongs to two things, or twice to one, is refused: no
 * chain is a circle, and all reading together is bounded by the file's size.
 */
final class Fat {

    private final Sectors sectors;
    private final int[] next;
    private final BitSet taken = new BitSet();
    private final List<Integer> fatSectors = new ArrayList<>();
    private final List<Integer> difatSectors = new ArrayList<>();

    private Fat(Sectors sectors) {
        this.sectors = sectors;
        this.next = new int[sectors.count()];
        Arrays.fill(next, Sectors.FREE);
    }

    static Fat read(Sectors sectors, CompoundHeader header) throws IOException {
        Fat fat = new Fat(sectors);
        fat.findSectors(header);
        for (int i = 0; i < fat.fatSectors.size(); i++) {
            fat.load(i);
        }
        return fat;
    }

    private void findSectors(CompoundHeader header) throws IOException {
        int expected = header.fatSectors();
        if (expected < 0 || expected > sectors.count()) {
            throw damaged("its FAT is said to have " + Integer.toUnsignedString(expected) + " sectors");
        }
        for (int i = 0; i < Math.min(expected, CompoundHeader.DIFAT_ENTRIES); i++) {
            fatSectors.add(take(header.difatEntry(i)));
        }
        int at = header.difatStart();
        while (fatSectors.size() < expected) {
            difatSectors.add(take(at));
            ByteBuffer more = sectors.read(at);
            for (int i = 0; i < sectors.entries() - 1 && fatSectors.size() < expected; i++) {
                fatSectors.add(take(more.getInt()));
            }
            at = more.getInt(sectors.bytes() - Integer.BYTES);
        }
    }

    /** Sectors of the FAT that are behind the file's end describe nothing. */
    private void load(int index) throws IOException {
        int first = Math.min(index * sectors.entries(), next.length);
        int length = Math.min(sectors.entries(), next.length - first);
        sectors.read(fatSectors.get(index)).asIntBuffer().get(next, first, length);
    }

    private int take(int sector) {
        sectors.requireInside(sector);
        if (taken.get(sector)) {
            throw damaged("sector " + sector + " is used twice");
        }
        taken.set(sector);
        return sector;
    }

    /** The sectors of a chain, taken for it. */
    int[] take(int start, int atMost) {
        int[] chain = new int[16];
        int length = 0;
        for (int at = start; at != Sectors.END_OF_CHAIN && length < atMost; at = next[at]) {
            chain = length == chain.length ? Arrays.copyOf(chain, 2 * length) : chain;
            chain[length++] = take(at);
        }
        return Arrays.copyOf(chain, length);
    }

    int after(int sector) {
        sectors.requireInside(sector);
        return next[sector];
    }

    /** Where the entry of a sector stands. */
    long entryOffset(int sector) {
        int entries = sectors.entries();
        return sectors.offset(fatSectors.get(sector / entries)) + (long) sector % entries * Integer.BYTES;
    }

    /** One more than the last sector that belongs to something, once all that there is has been taken. */
    int end() {
        return taken.length();
    }

    List<Integer> fatSectors() {
        return List.copyOf(fatSectors);
    }

    List<Integer> difatSectors() {
        return List.copyOf(difatSectors);
    }

    private HsmException damaged(String why) {
        return HsmException.dataInvalid(sectors.source().path() + " is damaged: " + why);
    }
}
