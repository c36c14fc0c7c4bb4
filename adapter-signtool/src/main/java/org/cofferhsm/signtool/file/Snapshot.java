package org.cofferhsm.signtool.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.cofferhsm.hsm.error.HsmException;
import org.jspecify.annotations.Nullable;

/** What tells that somebody else changed or replaced a file meanwhile. */
record Snapshot(long size, FileTime modified, @Nullable Object key) {

    static Snapshot of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Snapshot(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }

    void requireUnchanged(Path file) throws IOException {
        Snapshot now = of(file);
        // Not by the record's own equals, which is put together at run time and costs a short command 8 ms.
        if (size != now.size || !modified.equals(now.modified) || !Objects.equals(key, now.key)) {
            throw HsmException.dataInvalid(file + " was changed by somebody else meanwhile; try again");
        }
    }
}
