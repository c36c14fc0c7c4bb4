package org.cofferhsm.tde.h2;

import java.nio.file.Path;
import org.h2.mvstore.FileStore;
import org.h2.store.fs.FilePath;

/** Where the disk has the file of a store. */
final class DatabaseFile {

    private DatabaseFile() {}

    static Path of(FileStore<?> store) {
        return Path.of(FilePath.get(store.getFileName()).toRealPath().unwrap().toString());
    }
}
