package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.cofferhsm.tde.MasterKeyId;
import org.cofferhsm.tde.WrappedTablespaceKey;
import org.h2.engine.Constants;

/** A database file and the one beside it into which H2 compacts it, to rename it into its place. */
record CompactedFile(Path database) {

    /** How H2 names the one beside it. */
    static final String SUFFIX = Constants.SUFFIX_MV_FILE + Constants.SUFFIX_MV_STORE_TEMP_FILE;

    /** The database that this file may take the place of, if that is what it is for. */
    static Optional<CompactedFile> into(Path file) {
        String name = file.getFileName().toString();
        int end = name.length() - Constants.SUFFIX_MV_STORE_TEMP_FILE.length();
        return name.endsWith(SUFFIX)
                ? Optional.of(new CompactedFile(file.resolveSibling(name.substring(0, end))))
                : Optional.empty();
    }

    private Path copy() {
        return database.resolveSibling(database.getFileName() + Constants.SUFFIX_MV_STORE_TEMP_FILE);
    }

    /** The database as it is open here. */
    Optional<TablespaceChannel> source() {
        return OpenTablespaces.OF_THIS_PROCESS.find(database);
    }

    /**
     * Renames the new file into the database's place. Its key was wrapped when it was made: a rotation that has come to the
     * database since is repeated on it, or else it would be back under the old master key. One that comes between this look
     * and the renaming is missed; no lock prevents it, since not every system replaces a file that is open.
     */
    void takePlace(String keystore, Runnable renaming) throws IOException {
        OpenTablespaces.OF_THIS_PROCESS.whileRewriting(database, () -> {
            followRotation(keystore);
            renaming.run();
        });
    }

    private void followRotation(String keystore) throws IOException {
        H2Tablespace copy = H2Tablespace.at(copy());
        WrappedTablespaceKey wrapped = copy.wrappedKey();
        if (!wrapped.masterKey().equals(masterKeyOfDatabase())) {
            copy.replace(H2Keystores.named(keystore).with(open -> open.rewrap(wrapped)));
        }
    }

    private MasterKeyId masterKeyOfDatabase() throws IOException {
        try (FileChannel file = FileChannel.open(database, StandardOpenOption.READ)) {
            return new HeaderSlots(file, database.toString())
                    .read()
                    .get(0)
                    .wrapped()
                    .masterKey();
        }
    }

    /**
     * Whether one of these two files may be opened to compact a database of our driver's: first the new one, while the
     * database is still open, then the database once more to read from it, while the new one is open.
     */
    static boolean isOfGuardedDatabase(Path file) {
        return into(file)
                .map(compacted -> compacted.source().filter(TablespaceChannel::isGuarded))
                .orElseGet(() -> OpenTablespaces.OF_THIS_PROCESS.find(new CompactedFile(file).copy()))
                .isPresent();
    }
}
