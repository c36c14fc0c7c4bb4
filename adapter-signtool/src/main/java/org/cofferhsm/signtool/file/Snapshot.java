package org.cofferhsm.signtool.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.cofferhsm.hsm.error.HsmException;
import org.jspecify.annotations.Nullable;

/** What tells that somebody else changed or replaced a file meanwhile. */
record Snapshot(long size, FileTime modified, @Nullable Object key) {

    static Snapshot of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Snapshot(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }

    void requireUnchanged(Path file) throws IOException {
        if (!equals(of(file))) {
            throw HsmException.dataInvalid(file + " was changed by somebody else meanwhile; try again");
        }
    }
}
