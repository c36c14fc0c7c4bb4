package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.cofferhsm.hsm.file.WholeFile;
import org.cofferhsm.tde.TablespaceAlgorithm;
import org.cofferhsm.tde.TablespaceHeader;
import org.cofferhsm.tde.TablespaceKey;
import org.cofferhsm.tde.TdeKeystore;
import org.cofferhsm.tde.WrappedTablespaceKey;

/**
 * A file password for H2's own {@code CIPHER=AES}: 256 random bits, wrapped by the module in a file beside the database.
 * For databases that shall run without anything of ours in H2; H2's cipher is AES-128, and slower.
 *
 * <pre>{@code
 * char[] password = CipherPassword.in(Path.of("hr.key")).password(keystore);
 * DriverManager.getConnection("jdbc:h2:./hr;CIPHER=AES", "sa", String.valueOf(password) + " " + userPassword);
 * }</pre>
 */
public final class CipherPassword implements TablespaceHeader {

    private final Path file;

    private CipherPassword(Path file) {
        this.file = file;
    }

    /** @param file holds the wrapped password, or will */
    public static CipherPassword in(Path file) {
        return new CipherPassword(file);
    }

    /** The password, 64 characters without a space, for the caller to wipe; a new one when the file is not there. */
    public char[] password(TdeKeystore keystore) {
        if (!Files.exists(file)) {
            make(keystore);
        }
        try (TablespaceKey key = keystore.unwrap(wrappedKey())) {
            return key.use(CipherPassword::hex);
        }
    }

    private static char[] hex(byte[] secret) {
        HexFormat format = HexFormat.of();
        char[] text = new char[2 * secret.length];
        for (int i = 0; i < secret.length; i++) {
            text[2 * i] = format.toHighHexDigit(secret[i]);
            text[2 * i + 1] = format.toLowHexDigit(secret[i]);
        }
        return text;
    }

    private void make(TdeKeystore keystore) {
        try (TablespaceKey key = keystore.generate(TablespaceAlgorithm.AES256)) {
            WholeFile.at(file).create(keystore.wrap(key).encode());
        } catch (FileAlreadyExistsException e) {
            return; // another process was quicker, and may have made its database already
        } catch (IOException e) {
            throw Unwritable.file(file, e);
        }
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public WrappedTablespaceKey wrappedKey() {
        try {
            return WrappedTablespaceKey.decode(Files.readAllBytes(file));
        } catch (IOException e) {
            throw Unwritable.file(file, e);
        }
    }

    @Override
    public void replace(WrappedTablespaceKey wrapped) {
        try {
            WholeFile.inPlaceOf(file).replace(wrapped.encode());
        } catch (IOException e) {
            throw Unwritable.file(file, e);
        }
    }
}
