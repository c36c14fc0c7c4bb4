package org.cofferhsm.ekm.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The native provider, where it was built or installed. */
public record NativeLibraryFile(Path file) {

    private static final String NAME = "libcoffer-ekm.so";

    /** Beside the jars of an installation, or built in this checkout; none where there is no C compiler. */
    public static Optional<NativeLibraryFile> find() {
        return Optional.ofNullable(NativeLibraryFile.class.getProtectionDomain().getCodeSource())
                .map(source -> Path.of(source.getLocation().getPath()).toAbsolutePath())
                .flatMap(NativeLibraryFile::near);
    }

    /** Up to {@code lib/…/adapter.jar} or {@code target/classes}, and from there down to {@code native}. */
    private static Optional<NativeLibraryFile> near(Path code) {
        Path relative = Path.of("native", platform(), NAME);
        for (Path above = code.getParent(); above != null; above = above.getParent()) {
            Path candidate = above.resolve(relative);
            if (Files.isRegularFile(candidate)) {
                return Optional.of(new NativeLibraryFile(candidate));
            }
        }
        return Optional.empty();
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String architecture = System.getProperty("os.arch");
        return system + "-" + (architecture.equals("amd64") ? "x86_64" : architecture);
    }

    /** A copy in a directory, with a configuration beside it: a socket, and any further lines. */
    public Path installIn(Path directory, Path socket, String... lines) {
        try {
            Path copy = Files.copy(file, directory.resolve(NAME));
            Files.writeString(
                    directory.resolve("coffer-ekm.conf"),
                    "socket = " + socket + "\n" + String.join("\n", lines) + "\n");
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
