package org.cofferhsm.hsm.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A file system of H2 that shows everything to a {@link Disk} before it does it. */
public final class FaultyFileSystem extends FilePathWrapper {

    static final String PREFIX = "faulty:";

    /** H2 makes the objects of this class, so what they share is here. */
    private static final Map<String, Disk> DISKS = new ConcurrentHashMap<>();

    static void attach(Path home, Disk disk) {
        FilePath.register(new FaultyFileSystem());
        DISKS.put(H2File.in(home).path().toString(), disk);
    }

    @Override
    public String getScheme() {
        return "faulty";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(super.open(mode), DISKS.get(getBase().toString()));
    }

    private static final class Channel extends FileBaseDefault {

        private final FileChannel file;
        private final Disk disk;

        Channel(FileChannel file, Disk disk) {
            this.file = file;
            this.disk = disk;
        }

        @Override
        public int read(ByteBuffer to, long position) throws IOException {
            return file.read(to, position);
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            byte[] bytes = new byte[from.remaining()];
            from.get(bytes);
            disk.write(position, bytes);
            return file.write(ByteBuffer.wrap(bytes), position);
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            disk.truncate(size);
            file.truncate(size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            file.force(metaData);
            disk.force();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
