package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file system of H2's, {@code small:PATH}, with room for so many pages in a directory. As on a real disk, what is there
 * can be overwritten when it is full, and a write that needs more than there is stops short before it fails.
 */
public final class SmallDisk extends FilePathWrapper {

    /** H2 makes the objects of this class, so what they share is here. */
    private static final Map<Path, Long> ROOM = new ConcurrentHashMap<>();

    private static final Set<Path> FULL = ConcurrentHashMap.newKeySet();

    /** Leaves room for so many pages in a directory, with all that is there. */
    static void limit(Path directory, int pages) {
        FilePath.register(new SmallDisk());
        ROOM.put(directory, (long) pages * Pages.BYTES);
    }

    /** Whether a write was refused there, which H2 does not always tell. */
    static boolean wasFull(Path directory) {
        return FULL.contains(directory);
    }

    static void extend(Path directory) {
        ROOM.remove(directory);
    }

    @Override
    public String getScheme() {
        return "small";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(getBase(), mode);
    }

    private static final class Channel extends PassingChannel {
        Channel(FilePath base, String mode) throws IOException {
            super(base, mode);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            int length = source.remaining();
            int count = (int) Math.min(length, Math.max(0, end() - position));
            if (count == 0 && length > 0) {
                FULL.add(directory);
                throw new IOException("No space left on device");
            }
            int written = file.write(source.slice(source.position(), count), position);
            source.position(source.position() + written);
            return written;
        }

        /** How long the file may become. */
        private long end() throws IOException {
            Long room = ROOM.get(directory);
            return room == null ? Long.MAX_VALUE : Math.max(file.size(), file.size() + room - used());
        }

        private long used() throws IOException {
            try (Stream<Path> files = Files.list(directory)) {
                return files.mapToLong(path -> path.toFile().length()).sum();
            }
        }
    }
}
