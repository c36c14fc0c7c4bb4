package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.cofferhsm.hsm.key.Octets;
import org.h2.store.fs.FileBaseDefault;
import org.h2.util.MathUtils;

/**
 * H2's temporary files, such as large objects on their way into the database: encrypted each under a key of its own
 * that only this process knows and that is gone with the file.
 */
final class SpillFiles {

    /** Temporary files belong to the process. */
    static final SpillFiles OF_THIS_PROCESS = new SpillFiles();

    private static final int KEY_BYTES = 32;
    private static final PageLayout LAYOUT = new PageLayout(0, false);

    private final ConcurrentMap<String, Spill> files = new ConcurrentHashMap<>();

    private SpillFiles() {}

    private record Spill(byte[] key, AtomicLong size) {}

    FileChannel open(String name, FileChannel file) {
        Spill spill =
                files.computeIfAbsent(name, any -> new Spill(MathUtils.secureRandomBytes(KEY_BYTES), new AtomicLong()));
        PageKeys keys = PageKeys.of(spill.key(), Octets.EMPTY);
        return new SpillChannel(file, new Pages(file, LAYOUT, keys, spill.size().get()), spill.size());
    }

    long size(String name) {
        Spill spill = files.get(name);
        return spill == null ? 0 : spill.size().get();
    }

    void forget(String name) {
        files.remove(name);
    }

    private static final class SpillChannel extends FileBaseDefault {
        private final FileChannel file;
        private final Pages pages;
        private final AtomicLong size;

        private SpillChannel(FileChannel file, Pages pages, AtomicLong size) {
            this.file = file;
            this.pages = pages;
            this.size = size;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return pages.read(target, position);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            int count = pages.write(source, position);
            size.set(pages.size());
            return count;
        }

        @Override
        public long size() {
            return pages.size();
        }

        @Override
        protected void implTruncate(long length) throws IOException {
            pages.truncate(length);
            size.set(pages.size());
        }

        @Override
        public void force(boolean metaData) throws IOException {
            file.force(metaData);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            pages.close();
            file.close();
        }
    }
}
