package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.tde.OraCause;
import org.cofferhsm.tde.WrappedTablespaceKey;

/** The header of an open file: two slots, of which at every moment at least one is whole. */
record HeaderSlots(FileChannel file, String name) {

    private static final int SLOTS = 2;

    /** Where the pages begin. */
    static final long BYTES = (long) SLOTS * HeaderSlot.BYTES;

    /** The whole slots, that in force first. Complains when there is none. */
    List<HeaderSlot> read() throws IOException {
        List<HeaderSlot> whole = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            slot(i).ifPresent(whole::add);
        }
        if (whole.isEmpty()) {
            throw damaged();
        }
        whole.sort(Comparator.comparingLong(HeaderSlot::sequence).reversed());
        return whole;
    }

    private HsmException damaged() throws IOException {
        return OraCause.REWRAP_FAILED.refusal(
                file.size() < BYTES
                        ? name + " is too short for an encrypted tablespace"
                        : "neither header of " + name
                                + " is whole, or this is no encrypted tablespace (a plain database is"
                                + " encrypted by coffer tde h2-encrypt); restore the file from a backup");
    }

    private Optional<HeaderSlot> slot(int number) throws IOException {
        if (file.size() < BYTES) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(HeaderSlot.BYTES);
        WholeBuffers.read(file, bytes, (long) number * HeaderSlot.BYTES);
        return HeaderSlot.decode(bytes.array());
    }

    /** Whether the file is empty, or its making was interrupted before there could be any page. */
    boolean isUnfinished() throws IOException {
        long size = file.size();
        if (size >= BYTES) {
            return false;
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size);
        WholeBuffers.read(file, bytes, 0);
        return size == 0 || HeaderIdentity.startsHere(bytes.array());
    }

    /** Writes both slots of a new file. */
    void create(HeaderSlot first) throws IOException {
        write(0, first);
        write(1, first);
        file.force(true);
    }

    /**
     * Puts another wrapping of the same key in force, in both slots one after the other: whenever this ends before its
     * time, one of them is whole, and afterwards neither holds the key under the old master key.
     */
    void replace(WrappedTablespaceKey wrapped) throws IOException {
        FileLock rotating = file.lock(0, BYTES, false);
        try {
            HeaderSlot now = read().get(0);
            int inForce = slot(0).filter(now::equals).isPresent() ? 0 : 1;
            HeaderSlot next = now.rewrapped(now.sequence() + 1, wrapped);
            for (int number : new int[] {1 - inForce, inForce}) {
                write(number, next);
                file.force(false);
            }
        } finally {
            rotating.release();
        }
    }

    private void write(int number, HeaderSlot slot) throws IOException {
        WholeBuffers.write(file, ByteBuffer.wrap(slot.encode()), (long) number * HeaderSlot.BYTES);
    }
}
