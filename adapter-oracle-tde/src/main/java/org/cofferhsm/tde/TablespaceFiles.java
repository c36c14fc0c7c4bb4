package org.cofferhsm.tde;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.cofferhsm.hsm.error.HsmException;

/** Files with wrapped tablespace keys, of every format that is installed. */
public final class TablespaceFiles {

    private TablespaceFiles() {}

    /** The headers of these files; complains about the first that is not there or of no known format. */
    public static List<TablespaceHeader> headersOf(List<Path> files) {
        List<TablespaceFormat> formats =
                ServiceLoader.load(TablespaceFormat.class, TablespaceFiles.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        return files.stream().map(file -> headerOf(file, formats)).toList();
    }

    private static TablespaceHeader headerOf(Path file, List<TablespaceFormat> formats) {
        if (!Files.isRegularFile(file)) {
            throw HsmException.argumentInvalid("there is no file " + file);
        }
        return formats.stream()
                .flatMap(format -> format.headerOf(file).stream())
                .findFirst()
                .orElseThrow(() -> HsmException.wrappedKeyInvalid(
                        file + " holds no wrapped tablespace key of a format that is installed"));
    }
}
