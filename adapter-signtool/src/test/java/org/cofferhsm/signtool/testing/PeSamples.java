package org.cofferhsm.signtool.testing;

import com.sun.jna.Native;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * PE images that nobody here wrote, from packages: what the cross compilers for Windows bring along; systemd's boot
 * loader and Mono's libraries, where they are installed; JNA's libraries.
 */
public final class PeSamples {
    private static final List<String> DIRECTORIES = List.of(
            "/usr/lib/gcc/x86_64-w64-mingw32",
            "/usr/lib/gcc/i686-w64-mingw32",
            "/usr/x86_64-w64-mingw32/lib",
            "/usr/i686-w64-mingw32/lib",
            "/usr/lib/systemd/boot/efi",
            "/usr/lib/mono/4.5");

    /** The libraries inside JNA's jar, one for ARM among them. */
    private static final List<String> RESOURCES = List.of("win32-aarch64", "win32-x86", "win32-x86-64");

    private PeSamples() {}

    /** All of them; without any the test is skipped, or fails where interoperation is required. */
    public static List<Path> all() {
        PathMatcher libraries = FileSystems.getDefault().getPathMatcher("glob:**.{dll,exe,efi}");
        List<Path> found = DIRECTORIES.stream()
                .map(Path::of)
                .filter(Files::isDirectory)
                .flatMap(PeSamples::walk)
                .filter(libraries::matches)
                .sorted()
                .toList();
        if (found.isEmpty() && !Boolean.getBoolean("interop.required")) {
            Assumptions.abort("no PE images are installed (package gcc-mingw-w64)");
        }
        return found;
    }

    /** The libraries of JNA, for three processors, put into a directory. */
    public static List<Path> ofJna(Path directory) {
        return RESOURCES.stream().map(name -> resource(name, directory)).toList();
    }

    private static Path resource(String name, Path directory) {
        Path file = directory.resolve(name + ".dll");
        try (InputStream in = Native.class.getResourceAsStream(name + "/jnidispatch.dll")) {
            Files.copy(Objects.requireNonNull(in), file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of 64 bits, small. */
    public static Path small64() {
        return smallest("x86_64");
    }

    /** One of 32 bits, small. */
    public static Path small32() {
        return smallest("i686");
    }

    private static Path smallest(String processor) {
        return all().stream()
                .filter(file -> file.toString().contains(processor))
                .min(Comparator.comparing(PeSamples::size))
                .orElseThrow();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> walk(Path directory) {
        try {
            return Files.walk(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
