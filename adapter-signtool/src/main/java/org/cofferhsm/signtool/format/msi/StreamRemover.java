package org.cofferhsm.signtool.format.msi;

import java.io.IOException;
import java.util.List;

/**
 * Takes the signature's streams out of a compound file that somebody else signed: their sectors become free, and the
 * root's tree is built anew without them. The file keeps its length.
 */
record StreamRemover(CompoundFile file, Edits edits) {

    void removeSignature() throws IOException {
        for (DirectoryEntry stream : SignatureStreams.in(file)) {
            free(stream);
            edits.put(stream.at(), DirectoryEntry.unused());
        }
        List<DirectoryEntry> rest = file.root().children().stream()
                .map(Storage.Child::entry)
                .filter(entry -> !SignatureStreams.isOne(entry))
                .sorted((one, other) -> EntryName.compare(EntryName.of(one), EntryName.of(other)))
                .toList();
        edits.put(file.root().entry().at() + DirectoryEntry.CHILD, build(rest));
    }

    /** A tree of black entries only, which keeps every rule (MS-CFB §2.6.4); the number of its top. */
    private int build(List<DirectoryEntry> sorted) throws IOException {
        if (sorted.isEmpty()) {
            return DirectoryEntry.NONE;
        }
        int middle = sorted.size() / 2;
        DirectoryEntry top = sorted.get(middle);
        edits.put(top.at() + DirectoryEntry.COLOR, new byte[] {DirectoryEntry.BLACK});
        edits.put(top.at() + DirectoryEntry.LEFT, build(sorted.subList(0, middle)));
        edits.put(top.at() + DirectoryEntry.RIGHT, build(sorted.subList(middle + 1, sorted.size())));
        return top.id();
    }

    private void free(DirectoryEntry stream) throws IOException {
        int unit = CompoundFile.isMini(stream)
                ? MiniStream.SECTOR_BYTES
                : file.sectors().bytes();
        int at = stream.start();
        for (long left = stream.size(); left > 0; left -= unit) {
            edits.put(entryOffset(stream, at), Sectors.FREE);
            at = CompoundFile.isMini(stream)
                    ? file.mini().after(at)
                    : file.fat().after(at);
        }
    }

    private long entryOffset(DirectoryEntry stream, int at) {
        return CompoundFile.isMini(stream)
                ? file.mini().entryOffset(at)
                : file.fat().entryOffset(at);
    }
}
