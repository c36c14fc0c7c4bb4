package org.cofferhsm.tde.wallet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.file.WholeFile;

/**
 * A wallet's file. It is only its owner's to read, appears whole or not at all, and never takes another's place unless
 * asked; then the other is kept under the name that Oracle gives its own backups.
 */
public record WalletFile(Path path) {

    private static final int LARGEST = 16 * 1024 * 1024;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMddHHmmssSS");

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
            try {
                WholeFile.ownersOnly(path).create(content);
            } catch (FileAlreadyExistsException e) {
                throw isThere().causedBy(e);
            }
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
            doing(() -> WholeFile.ownersOnly(path).replace(content));
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
