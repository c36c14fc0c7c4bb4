package org.cofferhsm.signtool.jar;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.signing.ModuleKey;

/**
 * What a signature's files in a JAR are called: what jarsigner takes of the key's label, unless another key's signature
 * is called so, which must not be lost.
 */
final class SignerName {

    private static final int LONGEST = 8;
    private static final int MOST_TRIES = 100;

    private SignerName() {}

    static String of(Path jar, ModuleKey key) throws IOException {
        Map<String, String> taken = taken(jar);
        SignedJar signed = new SignedJar(jar);
        for (String name : candidates(key.alias())) {
            String block = taken.get(name);
            if (block == null || isOf(key, signed.signature(block))) {
                return name;
            }
        }
        throw HsmException.dataInvalid(jar + " has too many signatures called like \"" + key.alias() + "\"");
    }

    /** A key whose certificate was renewed signs anew and not once more. */
    private static boolean isOf(ModuleKey key, AuthenticodeSignature signature) {
        return signature
                .signerCertificate()
                .map(one -> one.getPublicKey().equals(key.certificate().getPublicKey()))
                .orElse(false);
    }

    /** The names of signature blocks by what comes before their suffix. */
    private static Map<String, String> taken(Path jar) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                String name = entries.nextElement().getName();
                if (JarNames.isBlock(name)) {
                    String bare = name.substring(name.indexOf('/') + 1, name.lastIndexOf('.'));
                    found.put(bare.toUpperCase(Locale.ROOT), name);
                }
            }
        }
        return found;
    }

    static List<String> candidates(String alias) {
        String usable = alias.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_-]", "_");
        String first = usable.isEmpty() ? "SIGNER" : start(usable, LONGEST);
        return Stream.concat(
                        Stream.of(first),
                        IntStream.range(1, MOST_TRIES)
                                .mapToObj(i ->
                                        start(first, LONGEST - String.valueOf(i).length()) + i))
                .toList();
    }

    private static String start(String text, int length) {
        return text.substring(0, Math.min(length, text.length()));
    }
}
