package org.cofferhsm.tde.h2;

import java.nio.file.Path;
import org.h2.mvstore.FileStore;
import org.h2.store.fs.FilePath;

/** Where the disk has a file that H2 knows by the name of one of its file systems, or of several on top of each other. */
final class DatabaseFile {

    private DatabaseFile() {}

    static Path of(FileStore<?> store) {
        return of(FilePath.get(store.getFileName()));
    }

    static Path of(FilePath file) {
        FilePath outer = file.toRealPath();
        FilePath inner = outer.unwrap();
        while (inner != outer) { // the disk's own wraps nothing
            outer = inner;
            inner = outer.unwrap();
        }
        return Path.of(inner.toString());
    }
}
