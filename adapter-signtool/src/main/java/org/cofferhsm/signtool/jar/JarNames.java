package org.cofferhsm.signtool.jar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Which files are JARs, and what the names of the entries in them mean. */
public final class JarNames {

    private static final byte[] ZIP = {'P', 'K', 3, 4};
    static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String PACKAGE = "AppxManifest.xml";

    /** Compiled for JARs only: every file that is signed is asked whether it is one. */
    private static final class Patterns {
        static final Pattern BLOCK = Pattern.compile("META-INF/[^/]+\\.(RSA|EC|DSA)");
        static final Pattern OF_SIGNATURES =
                Pattern.compile("META-INF/(MANIFEST\\.MF|[^/]+\\.(SF|RSA|EC|DSA)|SIG-([^/.]*|[^/]*\\.[A-Z0-9]{1,3}))");
    }

    private JarNames() {}

    /** Whether a file is a JAR: a ZIP archive with a manifest, or one called so. */
    public static boolean isJar(Path file) throws IOException {
        if (!beginsLikeZip(file)) {
            return false;
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getEntry(MANIFEST) != null || isCalledJar(file) && zip.getEntry(PACKAGE) == null;
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            return false; // what is wrong with it is said by whoever knows its format
        }
    }

    private static boolean beginsLikeZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(ZIP.length), ZIP);
        }
    }

    private static boolean isCalledJar(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".jar");
    }

    /** Whether an entry is a signature block: a SignedData over the signature file beside it. */
    static boolean isBlock(String entry) {
        return Patterns.BLOCK.matcher(entry.toUpperCase(Locale.ROOT)).matches();
    }

    /** The signature file that a block signs. */
    static String signatureFile(String block) {
        return block.substring(0, block.lastIndexOf('.')) + ".SF";
    }

    /** Whether an entry belongs to the signatures themselves, which no signature covers. */
    static boolean isOfSignatures(String entry) {
        return Patterns.OF_SIGNATURES.matcher(entry.toUpperCase(Locale.ROOT)).matches();
    }
}
