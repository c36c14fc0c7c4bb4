package org.cofferhsm.signtool.format.msi;

import java.io.IOException;
import java.util.List;

/** Adds streams to a compound file; nothing that is in use moves, everything new goes to the end. */
final class StreamAppender {

    private StreamAppender() {}

    static void add(CompoundFile file, List<NewStream> streams, Edits edits) throws IOException {
        NewSectors sectors = new NewSectors(file, edits);
        NewMiniSectors mini = new NewMiniSectors(file.mini());
        NewEntries entries = new NewEntries(file);
        entries.reserve(streams.size(), sectors, edits);
        for (NewStream stream : streams) {
            int start = stream.isMini() ? mini.add(stream.content()) : sectors.extend(new int[0], stream.content());
            entries.add(stream, start, edits);
        }
        mini.finish(sectors, edits);
        sectors.finish();
    }
}
