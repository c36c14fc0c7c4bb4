package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.file.WholeFile;
import org.cofferhsm.hsm.key.SecretBytes;
import org.cofferhsm.tde.OraCause;
import org.cofferhsm.tde.TdeKeystore;
import org.h2.store.fs.encrypt.FileEncrypt;
import org.h2.store.fs.encrypt.FilePathEncrypt;

/** A database file that is not under the module's keys yet: plain, or under H2's own {@code CIPHER=AES}. */
public final class PlainDatabase {

    private static final byte[] PLAIN = "H:2".getBytes(StandardCharsets.US_ASCII);

    private final Path file;
    private final Optional<SecretBytes> password;

    private PlainDatabase(Path file, Optional<SecretBytes> password) {
        this.file = file;
        this.password = password;
    }

    /** @param file a database file, with its suffix {@code .mv.db} */
    public static PlainDatabase at(Path file) {
        return new PlainDatabase(file, Optional.empty());
    }

    /** @param password H2's file password, which stays the caller's to wipe */
    public static PlainDatabase underCipher(Path file, char[] password) {
        return new PlainDatabase(file, Optional.of(SecretBytes.owning(FilePathEncrypt.getPasswordBytes(password))));
    }

    /**
     * Writes the same database encrypted, compares both, and leaves this one alone; nothing is left of one that was not
     * written to its end.
     *
     * @param target a file that is not there yet, with its suffix {@code .mv.db}
     * @param tagged whether each page carries a tag
     */
    public void encrypt(Path target, boolean tagged, Encrypting how) {
        if (Files.exists(target)) {
            throw isThere(target);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock held = lock(channel)) {
            if (held == null) {
                throw inUse();
            }
            FileChannel clear = clear(channel);
            WholeFile.at(target).by(".encrypting").create(part -> fill(part, clear, tagged, how));
        } catch (FileAlreadyExistsException e) { // it came meanwhile
            throw isThere(target).causedBy(e);
        } catch (IOException e) {
            throw Unwritable.file(target, e);
        }
    }

    private static HsmException isThere(Path target) {
        return HsmException.argumentInvalid("the file " + target + " is there already; name another");
    }

    /**
     * Who encrypts, and who watches.
     *
     * @param keystore has the master key that wraps the new tablespace key
     */
    public record Encrypting(TdeKeystore keystore, PageProgress progress) {}

    private FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw inUse();
        }
    }

    private HsmException inUse() {
        return OraCause.FILE_IN_USE.refusal(file + " is open; close the database first");
    }

    private FileChannel clear(FileChannel channel) throws IOException {
        FileChannel clear = password.map(secret ->
                        secret.<FileChannel>use(bytes -> new FileEncrypt(file.toString(), bytes.clone(), channel)))
                .orElse(channel);
        byte[] start = new byte[PLAIN.length];
        if (clear.size() < Pages.BYTES) {
            throw HsmException.dataInvalid(file + " is too short for a database of H2");
        }
        WholeBuffers.read(clear, java.nio.ByteBuffer.wrap(start), 0);
        if (!Arrays.equals(start, PLAIN)) {
            throw HsmException.of(
                    Reason.DATA_INVALID,
                    password.isPresent()
                            ? "the file password does not open " + file
                            : file + " is no plain database of H2: give the file password of one under CIPHER=AES");
        }
        return clear;
    }

    private void fill(FileChannel part, FileChannel clear, boolean tagged, Encrypting how) throws IOException {
        NewTablespace made = NewTablespace.in(how.keystore(), tagged);
        new HeaderSlots(part, file.toString()).create(made.slot());
        long whole = clear.size() / Pages.BYTES * Pages.BYTES;
        try (Pages pages = new Pages(part, new PageLayout(HeaderSlots.BYTES, tagged), made.keys(), 0)) {
            new PageCopy(clear::read, whole, how.progress()).into(pages);
        }
    }

    /** Removes the file, when its encrypted twin has been proved. */
    public void remove() {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw Unwritable.file(file, e);
        }
    }
}
