package org.cofferhsm.hsm.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A jar without its signature ("JAR File Specification", Signed JAR File). */
record UnsignedJar(ZipFile zip) {

    private static final Pattern SIGNATURE =
            Pattern.compile("META-INF/([^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/]+)", Pattern.CASE_INSENSITIVE);

    static boolean isSignature(ZipEntry entry) {
        return SIGNATURE.matcher(entry.getName()).matches();
    }

    void write(Path file) throws IOException {
        List<? extends ZipEntry> entries = Collections.list(zip.entries());
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream copy = new ZipOutputStream(out)) {
            for (ZipEntry entry : entries) {
                if (!isSignature(entry)) {
                    ZipEntry same = new ZipEntry(entry.getName());
                    same.setTime(entry.getTime());
                    copy.putNextEntry(same);
                    write(entry, copy);
                    copy.closeEntry();
                }
            }
        }
    }

    /** Of the manifest only what is about the whole jar: the digests of its entries were there for the signature. */
    private void write(ZipEntry entry, OutputStream copy) throws IOException {
        try (InputStream content = zip.getInputStream(entry)) {
            if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
                Manifest manifest = new Manifest(content);
                manifest.getEntries().clear();
                manifest.write(copy);
            } else {
                content.transferTo(copy);
            }
        }
    }
}
