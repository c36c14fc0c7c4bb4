package org.cofferhsm.hsm.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What survives a loss of power once it was said: the content of a file, and apart from it the file's name. */
public final class OnDisk {

    private OnDisk() {}

    /** Brings to disk what a file holds. */
    public static void force(Path file) throws IOException {
        force(file, StandardOpenOption.WRITE);
    }

    private static void force(Path path, StandardOpenOption access) throws IOException {
        Uninterrupted.run(() -> {
            try (FileChannel channel = FileChannel.open(path, access)) {
                channel.force(true);
            }
            return path;
        });
    }

    /** Brings to disk which names a directory holds. Windows opens no directories, and its journal has to do. */
    public static void forceNames(Path directory) throws IOException {
        if (Rights.areKnownIn(directory)) {
            force(directory, StandardOpenOption.READ);
        }
    }
}
