package org.cofferhsm.tde.h2;

import java.lang.reflect.Field;
import java.nio.channels.FileChannel;
import org.cofferhsm.hsm.error.HsmException;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.SingleFileStore;
import org.jspecify.annotations.Nullable;

/**
 * Makes H2 treat an encrypted tablespace as it treats a database of its own {@code CIPHER}: results too large for memory
 * are spilled encrypted, under a key that nobody keeps, and {@code BACKUP TO} copies the file as it stands on disk.
 *
 * <p>H2 decides both by one field of its file store, which has no setter. Where that field is not found, no database is
 * opened: better none than one that leaks.
 */
final class SpillGuard {

    private static final String FIELD = "originalFileChannel";

    private final SingleFileStore store;
    private final Field field;

    private SpillGuard(SingleFileStore store, Field field) {
        this.store = store;
        this.field = field;
    }

    /** Guards the file store of a database that has just been opened. */
    static SpillGuard on(FileStore<?> fileStore, TablespaceChannel channel) {
        if (!(fileStore instanceof SingleFileStore store)) {
            throw HsmException.internal("H2 keeps " + channel.path() + " in a " + fileStore.getClass()
                    + "; this version of H2 is not supported");
        }
        SpillGuard guard = new SpillGuard(store, field());
        guard.set(channel.rawView());
        channel.guardedBy(guard);
        return guard;
    }

    private static Field field() {
        try {
            Field field = SingleFileStore.class.getDeclaredField(FIELD);
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw HsmException.internal("this version of H2 has no " + FIELD
                            + " that can be reached; it is not supported, as it would spill plaintext")
                    .causedBy(e);
        }
    }

    /** H2 copies the file as a whole now, through the file system, which encrypts by itself. */
    void release() {
        set(null);
    }

    private void set(@Nullable FileChannel raw) {
        try {
            field.set(store, raw);
        } catch (IllegalAccessException e) {
            throw HsmException.internal("H2's " + FIELD + " cannot be written").causedBy(e);
        }
    }
}
