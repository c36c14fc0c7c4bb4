package org.cofferhsm.hsm.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.cofferhsm.hsm.file.OnDisk;

/**
 * Copies jars without their signatures, for the launcher: the JVM archives no classes of signed jars, and verifies those
 * jars at every start. A native library inside a jar is put beside it, so that no start has to unpack it.
 */
public final class UnsignedJars {

    private UnsignedJars() {}

    /**
     * Copies those of some jars that are signed, and native libraries.
     *
     * @param arguments the directory to copy to, and the jars
     */
    public static void main(String[] arguments) throws IOException {
        Path target = Path.of(arguments[0]);
        for (String name : Stream.of(arguments).skip(1).toList()) {
            copy(Path.of(name), target);
        }
    }

    static void copy(Path jar, Path directory) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            if (zip.stream().anyMatch(UnsignedJar::isSignature)) {
                Path copy = directory.resolve(jar.getFileName());
                new UnsignedJar(zip).write(copy);
                // The class archive knows its jars by their times.
                Files.setLastModifiedTime(copy, Files.getLastModifiedTime(jar));
                OnDisk.force(copy);
            }
            new NativeLibraries(zip).write(directory);
        }
    }
}
