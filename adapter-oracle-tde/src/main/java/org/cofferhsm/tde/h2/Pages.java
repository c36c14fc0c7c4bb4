package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The encrypted pages of one file, read and written at any position in the clear. Safe for use by several threads. */
final class Pages implements AutoCloseable {

    /** The length of a page: H2's block. */
    static final int BYTES = 4096;

    private final FileChannel file;
    private final PageLayout layout;
    private final PageKeys keys;
    private final Optional<PageTags> tags;
    private final ConcurrentLinkedQueue<PageScratch> idle = new ConcurrentLinkedQueue<>();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile long size;

    /**
     * @param keys are this one's to wipe
     * @param size the length in the clear
     */
    Pages(FileChannel file, PageLayout layout, PageKeys keys, long size) {
        this.file = file;
        this.layout = layout;
        this.keys = keys;
        this.size = size;
        this.tags = layout.tagged() ? Optional.of(new PageTags(file, layout, keys)) : Optional.empty();
    }

    /** The pages after a header, as many as the file has. */
    static Pages in(FileChannel file, PageLayout layout, PageKeys keys) throws IOException {
        return new Pages(file, layout, keys, layout.pages(file.size()) * BYTES);
    }

    long size() {
        return size;
    }

    /** As {@link FileChannel#read(ByteBuffer, long)}. */
    int read(ByteBuffer target, long position) throws IOException {
        if (position >= size) {
            return target.hasRemaining() ? -1 : 0;
        }
        int length = (int) Math.min(target.remaining(), size - position);
        PageScratch scratch = lease();
        // Tags are computed in one place for all, so that readers of tagged pages take turns.
        Lock held = tags.isPresent() ? lock.writeLock() : lock.readLock();
        held.lock();
        try {
            for (int done = 0; done < length; ) {
                done += readRun(scratch, target, position + done, length - done);
            }
            return length;
        } finally {
            held.unlock();
            idle.add(scratch);
        }
    }

    private int readRun(PageScratch scratch, ByteBuffer target, long position, int wanted) throws IOException {
        PageRun run = run(position, wanted);
        long end = Math.min(position + wanted, (run.first() + run.count()) * BYTES);
        int skipped = tags.isPresent() ? checked(scratch, run, position) : blocks(scratch, position, end);
        int count = (int) (end - position);
        target.put(scratch.bytes(), skipped, count);
        return count;
    }

    /** A tag is that of a whole page. */
    private int checked(PageScratch scratch, PageRun run, long position) throws IOException {
        load(scratch, run);
        return (int) (position % BYTES);
    }

    /** H2 reads pieces of all lengths: only the blocks they touch are decrypted. */
    private int blocks(PageScratch scratch, long position, long end) throws IOException {
        int skipped = (int) (position % PageCipher.BLOCK);
        long start = position - skipped;
        int length = (int) ((end - start + PageCipher.BLOCK - 1) / PageCipher.BLOCK) * PageCipher.BLOCK;
        WholeBuffers.read(file, scratch.buffer(length), layout.offset(start / BYTES) + start % BYTES);
        scratch.decrypt(start, length);
        return skipped;
    }

    private PageRun run(long position, int wanted) {
        long first = position / BYTES;
        return new PageRun(first, layout.run(first, (position + wanted - 1) / BYTES - first + 1));
    }

    private void load(PageScratch scratch, PageRun run) throws IOException {
        WholeBuffers.read(file, scratch.buffer(run.count() * BYTES), layout.offset(run.first()));
        if (tags.isPresent()) {
            for (int i = 0; i < run.count(); i++) {
                tags.get().check(run.first() + i, scratch.bytes(), i * BYTES);
            }
        }
        scratch.decrypt(run.first() * BYTES, run.count() * BYTES);
    }

    /** As {@link FileChannel#write(ByteBuffer, long)}. */
    int write(ByteBuffer source, long position) throws IOException {
        int length = source.remaining();
        PageScratch scratch = lease();
        lock.writeLock().lock();
        try {
            for (int done = 0; done < length; ) {
                done += writeRun(scratch, source, position + done);
            }
            return length;
        } finally {
            lock.writeLock().unlock();
            idle.add(scratch);
        }
    }

    private int writeRun(PageScratch scratch, ByteBuffer source, long position) throws IOException {
        int skipped = (int) (position % BYTES);
        PageRun run = run(position, source.remaining());
        int count = Math.min(source.remaining(), run.count() * BYTES - skipped);
        if (skipped != 0 || count % BYTES != 0) {
            run = new PageRun(run.first(), 1); // part of a page: with what is there around it
            count = Math.min(count, BYTES - skipped);
            loadIfThere(scratch, run);
        }
        source.get(scratch.bytes(), skipped, count);
        store(scratch, run);
        size = Math.max(size, position + count);
        return count;
    }

    private void loadIfThere(PageScratch scratch, PageRun run) throws IOException {
        if (run.first() * BYTES < size) {
            load(scratch, run);
        } else {
            scratch.wipe();
        }
    }

    private void store(PageScratch scratch, PageRun run) throws IOException {
        scratch.encrypt(run);
        if (tags.isPresent()) {
            storeTagged(tags.get(), scratch, run);
        } else {
            WholeBuffers.write(file, scratch.buffer(run.count() * BYTES), layout.offset(run.first()));
        }
    }

    private void storeTagged(PageTags known, PageScratch scratch, PageRun run) throws IOException {
        try {
            known.announce(run, scratch.bytes(), layout.pages(file.size()));
            WholeBuffers.write(file, scratch.buffer(run.count() * BYTES), layout.offset(run.first()));
            known.written(run);
        } catch (IOException e) {
            known.forget(run); // some of the pages may be the new ones, as on a full disk
            throw e;
        }
    }

    private PageScratch lease() {
        PageScratch scratch = idle.poll();
        return scratch == null ? PageScratch.of(keys) : scratch;
    }

    /** Cuts the file to this length in the clear, when it is longer. */
    void truncate(long length) throws IOException {
        lock.writeLock().lock();
        try {
            if (length < size) {
                file.truncate(layout.length((length + BYTES - 1) / BYTES));
                size = length;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Reads the file as it stands on disk while nobody writes; gives the number of bytes, 0 at the end. */
    int readRaw(ByteBuffer target, long position) throws IOException {
        lock.writeLock().lock();
        try {
            int start = target.position();
            while (target.hasRemaining() && file.read(target, position + target.position() - start) >= 0) {
                // goes on until the buffer is full or the file ends
            }
            return target.position() - start;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Wipes keys and scratch; the file stays open. */
    @Override
    public void close() {
        keys.close();
        for (PageScratch scratch = idle.poll(); scratch != null; scratch = idle.poll()) {
            scratch.wipe();
        }
    }
}
