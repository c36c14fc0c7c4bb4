package org.cofferhsm.signtool.testing;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Files that nobody here wrote, where a Debian package installs them. */
public enum InstalledFiles {
    /** PowerShell, as it is written for machines that Ansible manages. */
    POWERSHELL("ansible-core", "/usr/lib/python3/dist-packages", "glob:**/ansible/**.{ps1,psm1,psd1}"),
    /** Cabinets, good ones and some that broke programs (by their CVE numbers). */
    CABINETS("libgcab-tests", "/usr/libexec/installed-tests/libgcab-1.0", "glob:**.cab");

    private final String debianPackage;
    private final Path directory;
    private final PathMatcher names;

    InstalledFiles(String debianPackage, String directory, String names) {
        this.debianPackage = debianPackage;
        this.directory = Path.of(directory);
        this.names = FileSystems.getDefault().getPathMatcher(names);
    }

    /** All of them; without any the test is skipped, or fails where interoperation is required. */
    public List<Path> all() {
        List<Path> found = Files.isDirectory(directory) ? matching() : List.of();
        if (found.isEmpty() && Boolean.getBoolean("interop.required")) {
            fail("the package %s is missing, and -Dinterop.required=true asks for it", debianPackage);
        }
        Assumptions.assumeFalse(found.isEmpty(), () -> "the package " + debianPackage + " is not installed");
        return found;
    }

    private List<Path> matching() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(names::matches).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one whose name starts so. */
    public Path named(String start) {
        return all().stream()
                .filter(file -> file.getFileName().toString().startsWith(start))
                .findFirst()
                .orElseThrow();
    }
}
