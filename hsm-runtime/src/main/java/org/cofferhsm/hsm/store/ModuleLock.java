package org.cofferhsm.hsm.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.file.Uninterrupted;
import org.jspecify.annotations.Nullable;

/**
 * The right of one process to a module's directory. The operating system holds it and takes it back when the process
 * ends, however it ends. The file names the owner's process and stays where it is.
 *
 * <p>Nobody else in the process may open {@value #FILE}: POSIX drops a process's lock when the process closes the file,
 * through whichever descriptor.
 */
public final class ModuleLock implements AutoCloseable {

    /** The file's name within the module's directory. */
    public static final String FILE = "module.lock";

    private static final int MAX_PID_BYTES = 20;
    /** Behind the pid, which others have to be able to read also where locks are mandatory. */
    private static final long LOCKED_BYTE = 1024;

    /** Locked by whoever looks whether the other byte is, one at a time, so that nobody takes that one for an owner. */
    private static final long ASKED_BYTE = LOCKED_BYTE + 1;

    /** One text for all class loaders of the process: what opens or closes the file is done by one thread at a time. */
    private static final Object ONE_AT_A_TIME = "org.cofferhsm.lock".intern();

    private final Path home;
    private final FileChannel channel;

    private ModuleLock(Path home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    /**
     * Takes the module in this directory, which is made if it is not there. Complains by {@code moduleInUse} with the
     * pid of the owner.
     */
    public static ModuleLock acquire(Path home) {
        try {
            PrivateFiles.createDirectory(home);
            Path directory = home.toRealPath();
            synchronized (ONE_AT_A_TIME) {
                return Uninterrupted.run(() -> {
                    claimWithinThisProcess(directory);
                    return lock(directory);
                });
            }
        } catch (IOException e) {
            throw HsmException.storeUnavailable("the directory " + home + " cannot be locked: " + e.getMessage())
                    .causedBy(e);
        }
    }

    /** The pid of the process that owns the module in this directory now, if any does. */
    public static OptionalLong ownerOf(Path home) {
        try {
            if (!isThere(home.resolve(FILE))) {
                return OptionalLong.empty();
            }
            synchronized (ONE_AT_A_TIME) {
                return System.getProperty(claim(home.toRealPath())) != null
                        ? OptionalLong.of(ProcessHandle.current().pid())
                        : Uninterrupted.run(() -> ownerElsewhere(home.resolve(FILE)));
            }
        } catch (IOException e) {
            throw HsmException.storeUnavailable("the lock of " + home + " cannot be read: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private static OptionalLong ownerElsewhere(Path file) throws IOException {
        try (FileChannel channel = opened(file);
                @Nullable FileLock probe = asking(channel).tryLock(LOCKED_BYTE, 1, false)) {
            return probe == null ? owner(channel) : OptionalLong.empty();
        }
    }

    /** Until the channel is closed. */
    private static FileChannel asking(FileChannel channel) throws IOException {
        channel.lock(ASKED_BYTE, 1, false);
        return channel;
    }

    /**
     * The claims of this process are system properties: the one place that all class loaders share. They are asked first
     * because closing a second channel to the file would lose the first one's lock.
     */
    private static void claimWithinThisProcess(Path directory) {
        Object owner = System.getProperties().putIfAbsent(claim(directory), "held");
        if (owner != null) {
            throw inUse(directory, "pid " + ProcessHandle.current().pid() + ", which is this process");
        }
    }

    private static String claim(Path directory) {
        return "org.cofferhsm.lock." + directory;
    }

    private static ModuleLock lock(Path directory) throws IOException {
        @Nullable FileChannel channel = null;
        boolean locked = false;
        try {
            channel = open(directory.resolve(FILE));
            if (!isTaken(channel)) {
                OptionalLong owner = owner(channel);
                throw inUse(directory, owner.isPresent() ? "pid " + owner.getAsLong() : "another process");
            }
            writeOwner(channel);
            locked = true;
            return new ModuleLock(directory, channel);
        } finally {
            if (!locked) {
                release(directory, channel);
            }
        }
    }

    /** Whether the channel has the lock now; who only asked has it for a moment, and is waited for. */
    private static boolean isTaken(FileChannel channel) throws IOException {
        @Nullable FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
        if (lock != null) {
            return true;
        }
        FileLock nobodyAsks = channel.lock(ASKED_BYTE, 1, false);
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false) != null;
        } finally {
            nobodyAsks.release();
        }
    }

    private static FileChannel open(Path file) throws IOException {
        try {
            PrivateFiles.createFile(file);
        } catch (FileAlreadyExistsException e) {
            if (!isThere(file)) {
                throw e;
            }
        }
        return opened(file);
    }

    /** Not by a link, since the number of the owner would be written over whatever it leads to. */
    private static FileChannel opened(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isThere(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static void writeOwner(FileChannel channel) throws IOException {
        String pid = Long.toString(ProcessHandle.current().pid());
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    /** Empty also while it is being written. */
    private static OptionalLong owner(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(MAX_PID_BYTES);
        channel.read(pid, 0);
        try {
            String text = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
            return OptionalLong.of(Long.parseUnsignedLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static HsmException inUse(Path directory, String owner) {
        return HsmException.moduleInUse("the module in " + directory + " is in use by " + owner
                + "; end that process, or use the module through it");
    }

    private static void release(Path directory, @Nullable FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            System.getProperties().remove(claim(directory));
        }
    }

    /** The module's directory, as a real path. */
    public Path home() {
        return home;
    }

    /** Gives the module back. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            release(home, channel);
        } catch (IOException e) {
            throw HsmException.storeUnavailable("the lock of " + home + " cannot be given back: " + e.getMessage())
                    .causedBy(e);
        }
    }
}
