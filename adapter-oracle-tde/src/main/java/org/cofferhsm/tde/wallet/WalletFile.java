package org.cofferhsm.tde.wallet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.cofferhsm.hsm.error.HsmException;

/**
 * A wallet's file. It is only its owner's to read, appears whole or not at all, and never takes another's place unless
 * asked; then the other is kept under the name that Oracle gives its own backups.
 */
public record WalletFile(Path path) {

    private static final int LARGEST = 16 * 1024 * 1024;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMddHHmmssSS");
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    /** The file's content. */
    public byte[] read() {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] content = in.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw HsmException.dataInvalid(
                        "the file " + path + " is too large for a wallet: more than " + LARGEST + " bytes");
            }
            return content;
        } catch (IOException e) {
            throw HsmException.argumentInvalid(
                            "the wallet " + path + " cannot be read: it is missing, or not this user's to read")
                    .causedBy(e);
        }
    }

    /** Makes the file, which must not be there. */
    public void create(byte[] content) {
        requireAbsent();
        doing(() -> {
            Path written = written(content);
            try {
                Files.createLink(path, written); // unlike a move, it never replaces what has come meanwhile
            } catch (FileAlreadyExistsException e) {
                throw isThere().causedBy(e);
            } finally {
                Files.delete(written);
            }
            syncDirectory();
        });
    }

    /** Complains before any work is done. */
    public void requireAbsent() {
        if (Files.exists(path)) {
            throw isThere();
        }
    }

    /**
     * Makes the file, or puts the content in the place of what is there, which is kept.
     *
     * @param replaces whether something may be there
     * @return where what was there is kept
     */
    public Optional<Path> put(byte[] content, boolean replaces, Clock clock) {
        Optional<Path> kept = replaces ? keepIfThere(clock) : Optional.empty();
        if (kept.isPresent()) {
            doing(() -> {
                Path written = written(content);
                try {
                    Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    Files.deleteIfExists(written);
                }
                syncDirectory();
            });
        } else {
            create(content);
        }
        return kept;
    }

    /** Copies what is there to a backup, and tells where that is. */
    public Optional<Path> keepIfThere(Clock clock) {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        Path backup = path.resolveSibling(backupName(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)));
        new WalletFile(backup).create(read());
        return Optional.of(backup);
    }

    /** As Oracle names them: ewallet_2024013112595999.p12. */
    private String backupName(LocalDateTime now) {
        String name = path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        return stem + "_" + STAMP.format(now) + (dot < 0 ? "" : name.substring(dot));
    }

    /** The content in a file beside the wallet, on disk. */
    private Path written(byte[] content) throws IOException {
        Path file = path.resolveSibling(path.getFileName() + "." + UUID.randomUUID() + ".part");
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel out = FileChannel.open(file, options, ownersOnly())) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
            return file;
        } catch (IOException e) { // for want of room, say
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Windows cannot open directories, and does not need it. */
    private void syncDirectory() throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (POSIX && directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] ownersOnly() {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private HsmException isThere() {
        return HsmException.argumentInvalid("the file " + path + " is there already, and a wallet is never overwritten;"
                + " name another, or have the old one kept as a backup");
    }

    /** Work on files. */
    private interface Work {
        void run() throws IOException;
    }

    private void doing(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            throw HsmException.argumentInvalid("the wallet " + path + " cannot be written; see whether its directory is"
                            + " there and this user's to write, and whether there is room")
                    .causedBy(e);
        }
    }
}
