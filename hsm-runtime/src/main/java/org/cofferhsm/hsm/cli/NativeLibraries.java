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
import org.cofferhsm.hsm.file.OnDisk;

/** The native library of Amazon or JNA inside a jar, from where it would be unpacked into a temporary file at every start. */
record NativeLibraries(ZipFile zip) {

    /** JNA's jar has those of all platforms, each in a directory. */
    private static final Pattern LIBRARY = Pattern.compile(
            "(com/amazon/corretto/crypto/provider|com/sun/jna/" + platform() + ")/(lib[A-Za-z]+\\.(so|dylib|jnilib))");

    void write(Path directory) throws IOException {
        for (ZipEntry entry : Collections.list(zip.entries())) {
            Matcher name = LIBRARY.matcher(entry.getName());
            if (name.matches()) {
                write(entry, directory.resolve(name.group(2)));
            }
        }
    }

    private void write(ZipEntry entry, Path file) throws IOException {
        try (InputStream content = zip.getInputStream(entry)) {
            Files.copy(content, file);
        }
        OnDisk.force(file);
    }

    /** This platform as JNA calls it: {@code linux-x86-64}, {@code darwin-aarch64}. */
    private static String platform() {
        String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        return system + "-" + (System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86-64");
    }
}
