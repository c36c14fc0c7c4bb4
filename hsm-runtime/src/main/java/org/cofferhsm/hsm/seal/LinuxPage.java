package org.cofferhsm.hsm.seal;

import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whole pages of memory on Linux: from memfd_secret(2) where the kernel has it, which even its own memory file does not
 * show; else anonymous pages under mlock(2).
 */
final class LinuxPage implements LockedMemory {

    private static final int READ_WRITE = 0x1 | 0x2;
    private static final int MAP_SHARED = 0x01;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x02 | 0x20;
    private static final int MADV_DONTFORK = 10;
    private static final int MADV_DONTDUMP = 16;
    private static final int MADV_WIPEONFORK = 18;
    private static final long CLOSE_ON_EXEC = 0x80000;

    private final OperatingSystem linux;
    private final Pointer pages;
    private final NativeLong length;
    private final int count;
    private final List<Protection> protections = new ArrayList<>();

    private LinuxPage(OperatingSystem linux, Pointer pages, NativeLong length, int count) {
        this.linux = linux;
        this.pages = pages;
        this.length = length;
        this.count = count;
    }

    static LockedMemory map(OperatingSystem linux, int count) {
        int pageSize = linux.libc().getpagesize();
        NativeLong length = new NativeLong((long) pageSize * ((count + pageSize - 1) / pageSize));
        return secret(linux, length)
                .<LockedMemory>map(pages -> new LinuxPage(linux, pages, length, count).withSecretPages())
                .orElseGet(() -> anonymous(linux, length, count));
    }

    static LockedMemory anonymous(OperatingSystem linux, NativeLong length, int count) {
        String noSecret = linux.lastError();
        return map(linux, length, MAP_PRIVATE_ANONYMOUS, -1)
                .<LockedMemory>map(pages -> new LinuxPage(linux, pages, length, count).withLockedPages(noSecret))
                .orElseGet(() -> new PlainMemory(count, "mmap: " + linux.lastError()));
    }

    private static Optional<Pointer> secret(OperatingSystem linux, NativeLong length) {
        int file = linux.libc().memfdSecret(new NativeLong(CLOSE_ON_EXEC));
        if (file < 0) {
            return Optional.empty();
        }
        Optional<Pointer> pages =
                linux.libc().ftruncate(file, length) == 0 ? map(linux, length, MAP_SHARED, file) : Optional.empty();
        linux.libc().close(file);
        return pages;
    }

    private static Optional<Pointer> map(OperatingSystem linux, NativeLong length, int flags, int file) {
        Pointer pages = linux.libc().mmap(Pointer.NULL, length, READ_WRITE, flags, file, new NativeLong(0));
        return Pointer.nativeValue(pages) == -1 ? Optional.empty() : Optional.of(pages);
    }

    private LinuxPage withSecretPages() {
        protections.add(Protection.active(LOCKED, "memfd_secret"));
        protections.add(Protection.active(SECRET, "memfd_secret"));
        protections.add(Protection.active(NO_DUMP, "memfd_secret"));
        protections.add(advised(NO_FORK, "MADV_DONTFORK", MADV_DONTFORK));
        return this;
    }

    private LinuxPage withLockedPages(String noSecret) {
        protections.add(answer(LOCKED, "mlock", linux.libc().mlock(pages, length)));
        protections.add(Protection.refused(SECRET, "memfd_secret: " + noSecret));
        protections.add(advised(NO_DUMP, "MADV_DONTDUMP", MADV_DONTDUMP));
        protections.add(advised(NO_FORK, "MADV_WIPEONFORK", MADV_WIPEONFORK));
        return this;
    }

    private Protection advised(String name, String call, int advice) {
        return answer(name, call, linux.libc().madvise(pages, length, advice));
    }

    private Protection answer(String name, String call, int result) {
        return result == 0 ? Protection.active(name, call) : Protection.refused(name, call + ": " + linux.lastError());
    }

    /** Where the pages are, for a test that asks the kernel about them. */
    long address() {
        return Pointer.nativeValue(pages);
    }

    @Override
    public void write(byte[] bytes) {
        pages.write(0, bytes, 0, Math.min(bytes.length, count));
    }

    @Override
    public void read(byte[] target) {
        pages.read(0, target, 0, Math.min(target.length, count));
    }

    @Override
    public List<Protection> protections() {
        return List.copyOf(protections);
    }

    @Override
    public void close() {
        pages.setMemory(0, length.longValue(), (byte) 0);
        linux.libc().munmap(pages, length);
    }
}
