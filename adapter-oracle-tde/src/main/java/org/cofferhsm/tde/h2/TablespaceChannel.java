package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.cofferhsm.tde.OraCause;
import org.h2.store.fs.encrypt.FileEncrypt;
import org.h2.util.MathUtils;
import org.jspecify.annotations.Nullable;

/**
 * A database file as H2 reads and writes it, in the clear. It is one of H2's own encrypted files by type only, so that H2
 * takes it for a pattern when it spills a result ({@link SpillGuard}); all that it does here goes through {@link Pages}.
 */
final class TablespaceChannel extends FileEncrypt {

    private static final int SPILL_KEY_BYTES = 32;

    private final Path path;
    private final FileChannel file;
    private final Pages pages;
    private final @Nullable Object fileKey;
    private volatile @Nullable SpillGuard guard;

    /** @param fileKey tells the file from another one that may have taken its place under this path */
    TablespaceChannel(Path path, FileChannel file, Pages pages, @Nullable Object fileKey) {
        super(path.toString(), MathUtils.secureRandomBytes(SPILL_KEY_BYTES), new SpillSalt());
        this.path = path;
        this.file = file;
        this.pages = pages;
        this.fileKey = fileKey;
    }

    /** What tells the file under this path from another one; null where the file system does not. */
    static @Nullable Object fileKey(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /** Complains when another file has taken the place of the one that had this key, whose lock or header is worthless. */
    static void requireSame(Path path, @Nullable Object fileKey) throws IOException {
        if (!Objects.equals(fileKey, fileKey(path))) {
            throw OraCause.FILE_IN_USE.refusal(path + " was replaced by another process meanwhile; try again");
        }
    }

    FileChannel file() {
        return file;
    }

    Path path() {
        return path;
    }

    FileChannel rawView() {
        return new RawView(file, pages);
    }

    void guardedBy(SpillGuard spillGuard) {
        guard = spillGuard;
    }

    boolean isGuarded() {
        return guard != null;
    }

    /** H2 is about to rewrite the whole file beside this one. */
    void beforeCompaction() {
        SpillGuard present = guard;
        if (present != null) {
            present.release();
        }
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return pages.read(target, position);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        return pages.write(source, position);
    }

    @Override
    public long size() {
        return pages.size();
    }

    @Override
    protected void implTruncate(long size) throws IOException {
        pages.truncate(size);
    }

    @Override
    public void force(boolean metaData) throws IOException {
        file.force(metaData);
    }

    /** Locks the pages; the header stays free for rotations by other processes. */
    @Override
    public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
        FileLock lock = file.tryLock(HeaderSlots.BYTES, Long.MAX_VALUE - HeaderSlots.BYTES, shared);
        if (lock != null && !Objects.equals(fileKey, fileKey(path))) {
            lock.release();
            throw new IOException(
                    path + " was replaced while it was being opened",
                    OraCause.FILE_IN_USE.refusal(path + " was replaced while it was being opened; open it again"));
        }
        return lock;
    }

    @Override
    protected void implCloseChannel() throws IOException {
        try {
            OpenTablespaces.OF_THIS_PROCESS.close(path, this, file);
        } finally {
            pages.close();
        }
    }
}
