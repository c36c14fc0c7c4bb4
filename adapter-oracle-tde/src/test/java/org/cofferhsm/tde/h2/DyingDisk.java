package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.mvstore.MVStoreException;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file system of H2's, {@code dying:PATH}, that makes so many changes in a directory and no more: it leaves what a
 * process leaves that is killed there.
 */
public final class DyingDisk extends FilePathWrapper {

    /** H2 makes the objects of this class, so what they share is here. */
    private static final Map<Path, Life> LIVES = new ConcurrentHashMap<>();

    /** How long a disk lives, and what else it does. */
    static final class Life {
        private final int changes;
        private final boolean replacing;
        private int moment;
        private Runnable work = () -> {};
        private int made;

        /** @param replacing whether one file can take the place of another at once */
        Life(int changes, boolean replacing) {
            this.changes = changes;
            this.replacing = replacing;
        }

        /** Does this before that change. */
        Life at(int change, Runnable action) {
            moment = change;
            work = action;
            return this;
        }

        synchronized int made() {
            return made;
        }

        synchronized boolean died() {
            return made > changes;
        }

        private synchronized boolean change() {
            if (made == moment) {
                work.run();
            }
            made++;
            return made <= changes;
        }
    }

    /** For H2, in the place of a path. */
    static String path(Path path) {
        FilePath.register(new DyingDisk());
        return "dying:" + path;
    }

    /** From now on a directory lives as long as this. */
    static void begin(Path directory, Life life) {
        LIVES.put(directory, life);
    }

    static void end(Path directory) {
        LIVES.remove(directory);
    }

    private static Life life(FilePath file) {
        return life(Path.of(file.toString()).getParent());
    }

    private static Life life(Path directory) {
        return LIVES.getOrDefault(directory, new Life(Integer.MAX_VALUE, true));
    }

    private static void change(Life life) throws IOException {
        if (!life.change()) {
            throw new IOException("killed");
        }
    }

    @Override
    public String getScheme() {
        return "dying";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        if (!exists()) {
            change(life(getBase()));
        }
        return new Channel(getBase(), mode);
    }

    @Override
    public void delete() {
        if (life(getBase()).change()) {
            super.delete();
        }
    }

    @Override
    public void moveTo(FilePath target, boolean replacing) {
        Life life = life(getBase());
        if (replacing && !life.replacing) {
            throw new MVStoreException(0, "cannot replace a file at once");
        }
        if (life.change()) {
            super.moveTo(target, replacing);
        }
    }

    private static final class Channel extends PassingChannel {
        Channel(FilePath base, String mode) throws IOException {
            super(base, mode);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            change(life(directory));
            return super.write(source, position);
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            change(life(directory));
            super.implTruncate(size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            change(life(directory));
            super.force(metaData);
        }
    }
}
