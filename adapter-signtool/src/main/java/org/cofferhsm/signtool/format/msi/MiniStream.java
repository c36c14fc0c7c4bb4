package org.cofferhsm.signtool.format.msi;

import java.io.IOException;
import java.util.BitSet;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.format.Source;

/**
 * The stream that holds all short streams, and the FAT of its own small sectors (MS-CFB §2.4).
 *
 * @param chain the sectors that it is in
 * @param fatChain the sectors of its FAT
 * @param next which small sector follows which
 * @param taken the small sectors that belong to a stream
 */
record MiniStream(Sectors sectors, int[] chain, int[] fatChain, int[] next, BitSet taken) {

    static final int SECTOR_BYTES = 64;

    static MiniStream read(Sectors sectors, Fat fat, CompoundHeader header, DirectoryEntry root) throws IOException {
        int[] chain = root.size() == 0 ? new int[0] : fat.take(root.start(), Integer.MAX_VALUE);
        int[] fatChain = header.miniFatCount() == 0 ? new int[0] : fat.take(header.miniFatStart(), Integer.MAX_VALUE);
        int[] next = new int[fatChain.length * sectors.entries()];
        for (int i = 0; i < fatChain.length; i++) {
            sectors.read(fatChain[i]).asIntBuffer().get(next, i * sectors.entries(), sectors.entries());
        }
        return new MiniStream(sectors, chain, fatChain, next, new BitSet());
    }

    /** How many small sectors its sectors have room for. */
    int capacity() {
        return (int) ((long) chain.length * sectors.bytes() / SECTOR_BYTES);
    }

    /** Where the entry of a small sector stands. */
    long entryOffset(int miniSector) {
        int sector = fatChain[miniSector / sectors.entries()];
        return sectors.offset(sector) + (long) miniSector % sectors.entries() * Integer.BYTES;
    }

    int take(int start, int needed) {
        int found = 0;
        for (int at = start; found < needed && at != Sectors.END_OF_CHAIN; at = next[at]) {
            requireInside(at);
            if (taken.get(at)) {
                throw HsmException.dataInvalid(
                        "the installer database is damaged: small sector " + at + " is used twice");
            }
            taken.set(at);
            found++;
        }
        return found;
    }

    private void requireInside(int at) {
        if (at < 0 || at >= next.length || at >= capacity()) {
            throw HsmException.dataInvalid(
                    "the installer database is damaged: it speaks of small sector " + Integer.toUnsignedString(at));
        }
    }

    int after(int miniSector) {
        return next[miniSector];
    }

    void pass(DirectoryEntry stream, Source.Sink sink) throws IOException {
        int perSector = sectors.bytes() / SECTOR_BYTES;
        int at = stream.start();
        for (long left = stream.size(); left > 0; left -= SECTOR_BYTES) {
            long from = sectors.offset(chain[at / perSector]) + (long) at % perSector * SECTOR_BYTES;
            sectors.source().pass(from, from + Math.min(left, SECTOR_BYTES), sink);
            at = next[at];
        }
    }
}
