package org.cofferhsm.signtool.jar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cofferhsm.hsm.error.HsmException;

/** How much a JAR may unpack to: a program's worth, and not a bomb's. Belongs to one reading of one file. */
final class Unpacking {

    /** What deflate cannot reach with honest files. */
    private static final long RATIO = 200;

    private static final long FREE = 256L << 20;

    private final Path file;
    private long left;

    private Unpacking(Path file, long left) {
        this.file = file;
        this.left = left;
    }

    static Unpacking of(Path file) throws IOException {
        return new Unpacking(file, FREE + RATIO * Files.size(file));
    }

    /** Counts what was unpacked. */
    void count(int bytes) {
        left -= bytes;
        if (left < 0) {
            throw HsmException.dataInvalid(file + " unpacks to more than any program has");
        }
    }
}
