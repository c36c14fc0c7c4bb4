package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.tde.TablespaceHeader;
import org.cofferhsm.tde.TdeKeystore;
import org.cofferhsm.tde.WrappedTablespaceKey;

/**
 * An encrypted database file of H2's, {@code NAME.mv.db}: 8,192 bytes of header, then its pages. Its header may be read
 * and replaced while the database is open, here or in another process; to change its key it has to be closed.
 */
public final class H2Tablespace implements TablespaceHeader {

    /** How H2 names its database files. */
    public static final String SUFFIX = ".mv.db";

    private final Path file;

    private H2Tablespace(Path file) {
        this.file = file;
    }

    /** @param file an encrypted database file, with its suffix {@value #SUFFIX} */
    public static H2Tablespace at(Path file) {
        return new H2Tablespace(file);
    }

    /**
     * Makes an empty tablespace, in which H2 makes a database when it opens it first.
     *
     * @param tagged whether each page carries a tag, so that altered and moved pages are refused
     */
    public void create(TdeKeystore keystore, boolean tagged) {
        NewTablespace made = NewTablespace.in(keystore, tagged);
        made.keys().close();
        makeDirectory();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            new HeaderSlots(channel, name()).create(made.slot());
        } catch (FileAlreadyExistsException e) {
            throw HsmException.argumentInvalid(file + " exists already").causedBy(e);
        } catch (IOException e) {
            throw Unwritable.file(file, e);
        }
    }

    private void makeDirectory() {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
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
        return inForce().wrapped();
    }

    /** Whether its pages carry tags. */
    public boolean tagged() {
        return inForce().identity().tagged();
    }

    private HeaderSlot inForce() {
        return withHeader(slots -> slots.read().get(0));
    }

    @Override
    public void replace(WrappedTablespaceKey wrapped) {
        withHeader(slots -> {
            slots.replace(wrapped);
            return wrapped;
        });
    }

    private <T> T withHeader(HeaderWork<T> work) {
        try {
            return OpenTablespaces.OF_THIS_PROCESS.with(file, open -> work.on(new HeaderSlots(open, name())));
        } catch (NonWritableChannelException e) {
            throw HsmException.storeUnavailable(
                            file
                                    + " is open for reading only in this process, or is being compacted; close the database or wait")
                    .causedBy(e);
        } catch (IOException e) {
            throw Unwritable.file(file, e);
        }
    }

    private interface HeaderWork<T> {
        T on(HeaderSlots slots) throws IOException;
    }

    /**
     * Encrypts all pages anew under a new tablespace key, into a file beside this one that takes its place when it is
     * complete and has been compared; whoever is interrupted before has changed nothing.
     */
    public void rekey(TdeKeystore keystore, PageProgress progress) {
        new Rekeying(file, keystore, progress).run(tagged());
    }
}
