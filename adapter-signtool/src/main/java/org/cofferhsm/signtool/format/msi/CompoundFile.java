package org.cofferhsm.signtool.format.msi;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.format.Source;

/**
 * A compound file whose structure has been checked: every chain ends, no sector is used twice, every stream is where the
 * file is.
 *
 * @param directory the sectors of the directory
 * @param entries all entries of the directory, used or not
 * @param root the tree of what is used
 */
record CompoundFile(
        CompoundHeader header,
        Sectors sectors,
        Fat fat,
        int[] directory,
        List<DirectoryEntry> entries,
        MiniStream mini,
        Storage root) {

    /** Streams shorter than this are in the mini stream (MS-CFB §2.4). */
    static final int MINI_CUTOFF = 4096;

    /** More than any database has, and little enough to keep. */
    private static final int MOST_ENTRIES = 1 << 17;

    static CompoundFile read(Source source) throws IOException {
        CompoundHeader header = CompoundHeader.read(source);
        Sectors sectors = Sectors.of(source, header.sectorBytes());
        Fat fat = Fat.read(sectors, header);
        int[] directory = fat.take(header.directoryStart(), Integer.MAX_VALUE);
        List<DirectoryEntry> entries = entries(sectors, directory);
        Storage root = Storage.root(entries);
        MiniStream mini = MiniStream.read(sectors, fat, header, root.entry());
        CompoundFile file = new CompoundFile(header, sectors, fat, directory, entries, mini, root);
        file.takeAll(root);
        return file;
    }

    private static List<DirectoryEntry> entries(Sectors sectors, int[] directory) throws IOException {
        int perSector = sectors.bytes() / DirectoryEntry.BYTES;
        if ((long) directory.length * perSector > MOST_ENTRIES) {
            throw HsmException.dataInvalid(sectors.source().path() + " has an absurdly large directory");
        }
        List<DirectoryEntry> entries = new ArrayList<>();
        for (int sector : directory) {
            for (int i = 0; i < perSector; i++) {
                long at = sectors.offset(sector) + (long) i * DirectoryEntry.BYTES;
                entries.add(DirectoryEntry.read(sectors.source(), entries.size(), at));
            }
        }
        return entries;
    }

    private void takeAll(Storage storage) {
        for (Storage.Child child : storage.children()) {
            child.storage().ifPresent(this::takeAll);
            if (child.entry().isStream()) {
                take(child.entry());
            }
        }
    }

    private void take(DirectoryEntry stream) {
        long size = stream.size();
        int unit = isMini(stream) ? MiniStream.SECTOR_BYTES : sectors.bytes();
        int needed = (int) Math.min(Integer.MAX_VALUE, (size + unit - 1) / unit);
        int found = isMini(stream) ? mini.take(stream.start(), needed) : fat.take(stream.start(), needed).length;
        if (size > 0 && found < needed) {
            throw HsmException.dataInvalid(sectors.source().path() + " is damaged: a stream of " + size
                    + " bytes has only " + found + " sectors");
        }
    }

    static boolean isMini(DirectoryEntry stream) {
        return stream.size() < MINI_CUTOFF;
    }

    /** Passes a stream's content on. */
    void pass(DirectoryEntry stream, Source.Sink sink) throws IOException {
        if (isMini(stream)) {
            mini.pass(stream, sink);
            return;
        }
        long left = stream.size();
        int first = stream.start();
        while (left > 0) {
            int last = first;
            long run = sectors.bytes();
            while (run < left && fat.after(last) == last + 1) {
                last++;
                run += sectors.bytes();
            }
            run = Math.min(run, left);
            sectors.source().pass(sectors.offset(first), sectors.offset(first) + run, sink);
            left -= run;
            first = left > 0 ? fat.after(last) : first;
        }
    }
}
