package org.cofferhsm.signtool.format.msi;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cofferhsm.hsm.error.HsmException;

/**
 * Sectors that are added at a compound file's end, with the entries and sectors that the FAT needs for them (MS-CFB
 * §2.3, §2.5). What is free inside the file is not used: it may hold bytes that {@code remove} must give back.
 */
final class NewSectors {

    private final CompoundFile file;
    private final Edits edits;
    private final Sectors sectors;
    private final Map<Integer, Integer> links = new TreeMap<>();
    private final List<Integer> fat;
    private final List<Integer> difat;
    private int next;

    NewSectors(CompoundFile file, Edits edits) throws IOException {
        this.file = file;
        this.edits = edits;
        this.sectors = file.sectors();
        this.fat = new ArrayList<>(file.fat().fatSectors());
        this.difat = new ArrayList<>(file.fat().difatSectors());
        this.next = sectors.count();
        long size = sectors.source().size();
        edits.put(size, new byte[(int) (offset(next) - size)]);
    }

    long offset(int sector) {
        return sectors.offset(sector);
    }

    /** Adds sectors to the end of a chain and returns the first of them. */
    int extend(int[] chain, byte[] content) throws IOException {
        int first = next;
        int count = (content.length + sectors.bytes() - 1) / sectors.bytes();
        if (chain.length > 0) {
            links.put(chain[chain.length - 1], first);
        }
        for (int i = 1; i <= count; i++) {
            links.put(next, i == count ? Sectors.END_OF_CHAIN : next + 1);
            next++;
        }
        edits.put(offset(first), Arrays.copyOf(content, count * sectors.bytes()));
        return first;
    }

    /** Enters all that was added into the FAT. */
    void finish() throws IOException {
        int fatBefore = fat.size();
        int difatBefore = difat.size();
        while ((long) fat.size() * sectors.entries() < next) {
            addFatSector();
        }
        if (offset(next) > Sectors.MOST_FILE_BYTES) {
            throw HsmException.argumentInvalid("the database would grow beyond 2 GB, which Windows does not install");
        }
        for (int i = difatBefore; i < difat.size(); i++) {
            writeDifatSector(i);
        }
        for (int i = fatBefore; i < fat.size(); i++) {
            edits.put(offset(fat.get(i)), filled());
            edits.put(difatOffset(i), fat.get(i));
        }
        edits.put(CompoundHeader.FAT_COUNT, fat.size());
        edits.put(CompoundHeader.DIFAT_COUNT, difat.size());
        for (Map.Entry<Integer, Integer> link : links.entrySet()) {
            edits.put(fatOffset(link.getKey()), link.getValue());
        }
    }

    private void addFatSector() {
        links.put(next, Sectors.FAT);
        fat.add(next++);
        int beyondHeader = fat.size() - CompoundHeader.DIFAT_ENTRIES;
        if (beyondHeader > difat.size() * perDifatSector()) {
            links.put(next, Sectors.DIFAT);
            difat.add(next++);
        }
    }

    private int perDifatSector() {
        return sectors.entries() - 1;
    }

    private void writeDifatSector(int index) throws IOException {
        int sector = difat.get(index);
        edits.put(offset(sector), filled());
        edits.put(linkOffset(sector), Sectors.END_OF_CHAIN);
        edits.put(index == 0 ? CompoundHeader.DIFAT_START : linkOffset(difat.get(index - 1)), sector);
    }

    private long linkOffset(int difatSector) {
        return offset(difatSector) + (long) perDifatSector() * Integer.BYTES;
    }

    private long difatOffset(int index) {
        int beyond = index - CompoundHeader.DIFAT_ENTRIES;
        return beyond < 0
                ? CompoundHeader.DIFAT + (long) index * Integer.BYTES
                : offset(difat.get(beyond / perDifatSector())) + (long) beyond % perDifatSector() * Integer.BYTES;
    }

    private long fatOffset(int sector) {
        return offset(fat.get(sector / sectors.entries())) + (long) sector % sectors.entries() * Integer.BYTES;
    }

    /** A sector of a FAT that knows of nothing yet. */
    byte[] filled() {
        byte[] free = new byte[sectors.bytes()];
        Arrays.fill(free, (byte) Sectors.FREE);
        return free;
    }

    CompoundFile file() {
        return file;
    }
}
