package org.cofferhsm.signtool.format.msi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Small sectors that are added behind the mini stream (MS-CFB §2.4), in sectors of their own: what is free in its last
 * one stays as it is.
 */
final class NewMiniSectors {

    private final MiniStream mini;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final ByteArrayOutputStream lengths = new ByteArrayOutputStream();

    NewMiniSectors(MiniStream mini) {
        this.mini = mini;
    }

    /** Adds a stream and returns its first small sector. */
    int add(byte[] stream) {
        int first = mini.capacity() + content.size() / MiniStream.SECTOR_BYTES;
        int count = (stream.length + MiniStream.SECTOR_BYTES - 1) / MiniStream.SECTOR_BYTES;
        content.writeBytes(Arrays.copyOf(stream, count * MiniStream.SECTOR_BYTES));
        lengths.write(count);
        return first;
    }

    void finish(NewSectors sectors, Edits edits) throws IOException {
        if (content.size() == 0) {
            return;
        }
        DirectoryEntry root = sectors.file().root().entry();
        int first = sectors.extend(mini.chain(), content.toByteArray());
        if (mini.chain().length == 0) {
            edits.put(root.at() + DirectoryEntry.START, first);
        }
        edits.put(root.at() + DirectoryEntry.SIZE, mini.capacity() * MiniStream.SECTOR_BYTES + content.size());
        link(sectors, edits);
    }

    private void link(NewSectors sectors, Edits edits) throws IOException {
        int entries = mini.sectors().entries();
        int known = mini.next().length;
        int needed = mini.capacity() + content.size() / MiniStream.SECTOR_BYTES;
        int added = Math.max(0, (needed - known + entries - 1) / entries);
        int first = added == 0 ? 0 : extendFat(sectors, edits, added);
        int at = mini.capacity();
        for (byte length : lengths.toByteArray()) {
            int end = at + Byte.toUnsignedInt(length);
            for (; at < end; at++) {
                long offset =
                        at < known ? mini.entryOffset(at) : sectors.offset(first) + (long) (at - known) * Integer.BYTES;
                edits.put(offset, at == end - 1 ? Sectors.END_OF_CHAIN : at + 1);
            }
        }
    }

    /** New sectors follow one another, so that all their entries do. */
    private int extendFat(NewSectors sectors, Edits edits, int added) throws IOException {
        byte[] free = new byte[added * mini.sectors().bytes()];
        Arrays.fill(free, (byte) Sectors.FREE);
        int first = sectors.extend(mini.fatChain(), free);
        if (mini.fatChain().length == 0) {
            edits.put(CompoundHeader.MINI_FAT_START, first);
        }
        edits.put(CompoundHeader.MINI_FAT_COUNT, mini.fatChain().length + added);
        return first;
    }
}
