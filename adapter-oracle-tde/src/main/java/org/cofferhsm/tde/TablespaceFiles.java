package org.cofferhsm.tde;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.cofferhsm.hsm.error.HsmException;

/**
 * Files with wrapped tablespace keys: of the format that claims the name of each, and otherwise a {@link WrappedKeyFile}.
 */
public final class TablespaceFiles {

    private final List<TablespaceFormat> formats;

    TablespaceFiles(List<TablespaceFormat> formats) {
        this.formats = List.copyOf(formats);
    }

    /** With every format that is installed. */
    public static TablespaceFiles installed() {
        return new TablespaceFiles(
                ServiceLoader.load(TablespaceFormat.class, TablespaceFiles.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList());
    }

    /** The headers of these files; complains about the first that is not there or of no known format. */
    public List<TablespaceHeader> headersOf(List<Path> files) {
        return files.stream().map(this::headerOf).toList();
    }

    private TablespaceHeader headerOf(Path named) {
        if (!Files.isRegularFile(named)) {
            throw HsmException.argumentInvalid("there is no file " + named);
        }
        Path file = real(named);
        List<TablespaceFormat> claiming =
                formats.stream().filter(format -> format.claims(file)).toList();
        return switch (claiming.size()) {
            case 0 -> WrappedKeyFile.existing(file);
            case 1 -> claiming.get(0).headerOf(file);
            default ->
                throw HsmException.argumentInvalid(
                        file + " is claimed by several formats of tablespaces; take all but one off the class path");
        };
    }

    /** A link of another name leads to the same file, and to the same lock. */
    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw WrappedKeyFile.unreadable(file, e);
        }
    }
}
