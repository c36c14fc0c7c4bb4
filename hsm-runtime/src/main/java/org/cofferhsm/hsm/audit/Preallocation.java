package org.cofferhsm.hsm.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** How the space of a segment is taken from the file system before records are mapped into it. */
@FunctionalInterface
interface Preallocation {

    /** Makes a file of so many zeros, on disk when this returns; leaves no file behind when it cannot. */
    void make(Path file, int bytes) throws IOException;

    /**
     * By writing the zeros: a full disk is then an {@link IOException} here, and not a fault when a mapped page of a
     * file with holes is touched.
     */
    static Preallocation byWritingZeros() {
        return (file, bytes) -> {
            try {
                write(file, bytes);
            } catch (IOException e) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException second) {
                    e.addSuppressed(second);
                }
                throw e;
            }
        };
    }

    private static void write(Path path, int bytes) throws IOException {
        Files.createFile(path, LogDirectory.ownerOnly(path, "rw-------"));
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            byte[] zeros = new byte[64 << 10];
            for (int left = bytes; left > 0; left -= zeros.length) {
                file.write(zeros, 0, Math.min(left, zeros.length));
            }
            file.getFD().sync();
        }
    }
}
