package org.cofferhsm.hsm.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Amazon's native library inside its jar, from where it would be unpacked into a temporary file at every start. */
record NativeLibraries(ZipFile zip) {

    private static final Pattern LIBRARY =
            Pattern.compile("com/amazon/corretto/crypto/provider/(lib[A-Za-z]+\\.(so|dylib|jnilib))");

    void write(Path directory) throws IOException {
        for (ZipEntry entry : Collections.list(zip.entries())) {
            Matcher name = LIBRARY.matcher(entry.getName());
            if (name.matches()) {
                write(entry, directory.resolve(name.group(1)));
            }
        }
    }

    private void write(ZipEntry entry, Path file) throws IOException {
        try (InputStream content = zip.getInputStream(entry)) {
            Files.copy(content, file);
        }
        UnsignedJars.force(file);
    }
}
