package org.cofferhsm.signtool.format.msi;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Entries that are added to the directory as leaves of the root's tree (MS-CFB §2.6.4). They are black, so that the tree
 * stays as valid as it was: only two red ones in a row are forbidden.
 */
final class NewEntries {

    private final CompoundFile file;
    private final List<Long> places = new ArrayList<>();
    private final List<Integer> ids = new ArrayList<>();

    /** Links that were changed, by where they stand. */
    private final Map<Long, Integer> links = new HashMap<>();

    private final Map<Integer, Node> added = new HashMap<>();

    NewEntries(CompoundFile file) {
        this.file = file;
        file.entries().stream()
                .filter(entry -> entry.type() == DirectoryEntry.UNUSED)
                .forEach(entry -> place(entry.id(), entry.at()));
    }

    /** What a tree needs to know of an entry. */
    private record Node(long at, String name, int left, int right) {}

    private void place(int id, long at) {
        ids.add(id);
        places.add(at);
    }

    /** Makes room for this many. */
    void reserve(int count, NewSectors sectors, Edits edits) throws IOException {
        if (places.size() >= count) {
            return;
        }
        int perSector = file.sectors().bytes() / DirectoryEntry.BYTES;
        byte[] unused = new byte[file.sectors().bytes()];
        for (int i = 0; i < perSector; i++) {
            System.arraycopy(DirectoryEntry.unused(), 0, unused, i * DirectoryEntry.BYTES, DirectoryEntry.BYTES);
        }
        int sector = sectors.extend(file.directory(), unused);
        for (int i = 0; i < perSector; i++) {
            place(file.entries().size() + i, sectors.offset(sector) + (long) i * DirectoryEntry.BYTES);
        }
        if (file.header().version() > 3) {
            edits.put(CompoundHeader.DIRECTORY_COUNT, file.directory().length + 1);
        }
    }

    void add(NewStream stream, int start, Edits edits) throws IOException {
        int id = ids.remove(0);
        long at = places.remove(0);
        edits.put(at, DirectoryEntry.stream(stream.name(), start, stream.content().length));
        added.put(id, new Node(at, stream.name(), DirectoryEntry.NONE, DirectoryEntry.NONE));
        long link = linkFor(stream.name());
        links.put(link, id);
        edits.put(link, id);
    }

    /** Where the tree has room for a name. */
    private long linkFor(String name) {
        long link = file.root().entry().at() + DirectoryEntry.CHILD;
        int id = links.getOrDefault(link, file.root().entry().child());
        while (id != DirectoryEntry.NONE) {
            Node node = node(id);
            boolean left = EntryName.compare(name, node.name()) < 0;
            link = node.at() + (left ? DirectoryEntry.LEFT : DirectoryEntry.RIGHT);
            id = links.getOrDefault(link, left ? node.left() : node.right());
        }
        return link;
    }

    private Node node(int id) {
        Node mine = added.get(id);
        if (mine != null) {
            return mine;
        }
        DirectoryEntry entry = file.entries().get(id);
        return new Node(entry.at(), EntryName.of(entry), entry.left(), entry.right());
    }
}
