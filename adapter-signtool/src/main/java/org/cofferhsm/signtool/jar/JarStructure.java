package org.cofferhsm.signtool.jar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.cofferhsm.hsm.error.HsmException;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of a JAR before its signatures mean anything: that every reader of ZIP archives finds the same in it,
 * whether it asks the directory at the end (APPNOTE 4.3.12) or reads entry after entry (4.3.7), and that it is finite.
 */
record JarStructure(Path file) {

    private static final int MOST_ENTRIES = 500_000;
    private static final int LARGEST_OF_SIGNATURES = 64 << 20;
    private static final int BUFFER = 1 << 16;
    private static final String META_INF = "META-INF/";

    /** What signing needs: names that mean one entry each, and contents within bounds. */
    void requireClear() throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            requireNames(zip);
            Unpacking unpacking = Unpacking.of(file);
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                measure(zip, entries.nextElement(), unpacking);
            }
        }
    }

    /** What verifying needs besides: that nothing is hidden from one reader or shown only to another. */
    void requireUnambiguous() throws IOException {
        requireClear();
        Unpacking unpacking = Unpacking.of(file);
        try (ZipFile zip = new ZipFile(file.toFile());
                ZipInputStream inOrder = new ZipInputStream(Files.newInputStream(file))) {
            Set<String> seen = new HashSet<>();
            for (ZipEntry entry = next(inOrder); entry != null; entry = next(inOrder)) {
                if (!seen.add(entry.getName()) || !isSame(zip, entry.getName(), inOrder, unpacking)) {
                    throw ambiguous("shows two different entries as " + entry.getName());
                }
            }
            if (seen.size() != zip.size()) {
                throw ambiguous("has entries that are not where its directory says");
            }
        }
    }

    private static @Nullable ZipEntry next(ZipInputStream in) throws IOException {
        return in.getNextEntry();
    }

    private HsmException ambiguous(String how) {
        return HsmException.dataInvalid(file + " " + how + ", so what it holds depends on who reads it; pack it anew");
    }

    /** No name twice; beside the manifest not even in other letters, as readers look there for any. */
    private void requireNames(ZipFile zip) {
        if (zip.size() > MOST_ENTRIES) {
            throw HsmException.dataInvalid(file + " has more than " + MOST_ENTRIES + " entries");
        }
        Set<String> names = new HashSet<>();
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            String name = entries.nextElement().getName();
            String upper = name.toUpperCase(Locale.ROOT);
            if (!names.add(upper.startsWith(META_INF) ? upper : name)) {
                throw ambiguous("has two entries called " + name);
            }
        }
    }

    private void measure(ZipFile zip, ZipEntry entry, Unpacking unpacking) throws IOException {
        boolean small = JarNames.isOfSignatures(entry.getName());
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (InputStream in = zip.getInputStream(entry)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                unpacking.count(count);
                size += count;
                if (small && size > LARGEST_OF_SIGNATURES) {
                    throw HsmException.dataInvalid(
                            entry.getName() + " in " + file + " has more than " + LARGEST_OF_SIGNATURES + " bytes");
                }
            }
        }
    }

    private static boolean isSame(ZipFile zip, String name, InputStream inOrder, Unpacking unpacking)
            throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null || !entry.getName().equals(name)) {
            return false;
        }
        try (InputStream byDirectory = zip.getInputStream(entry)) {
            byte[] one = inOrder.readNBytes(BUFFER);
            while (one.length > 0) {
                unpacking.count(one.length);
                if (!Arrays.equals(one, byDirectory.readNBytes(BUFFER))) {
                    return false;
                }
                one = inOrder.readNBytes(BUFFER);
            }
            return byDirectory.read() < 0;
        }
    }
}
