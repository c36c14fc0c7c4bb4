package org.cofferhsm.signtool.jar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.Certificate;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * What the signatures of a JAR cover, as the JDK finds when it reads every entry.
 *
 * @param altered what is not as it was signed
 * @param signers of each entry: the certificates
 */
record JarCoverage(Optional<String> altered, Map<String, Set<Certificate>> signers) {

    private static final int BUFFER = 1 << 16;

    static JarCoverage of(Path file) throws IOException {
        Map<String, Set<Certificate>> signers = new HashMap<>();
        try (JarFile jar = new JarFile(file.toFile(), true)) {
            Unpacking unpacking = Unpacking.of(file);
            Enumeration<JarEntry> entries = jar.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                long size = read(jar, entry, unpacking);
                if (!(entry.isDirectory() && size == 0) && !JarNames.isOfSignatures(entry.getName())) {
                    signers.put(entry.getName(), certificates(entry));
                }
            }
            return new JarCoverage(Optional.empty(), signers);
        } catch (SecurityException e) {
            return new JarCoverage(Optional.of(String.valueOf(e.getMessage())), signers);
        }
    }

    private static long read(JarFile jar, JarEntry entry, Unpacking unpacking) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (InputStream in = jar.getInputStream(entry)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                size += count;
                unpacking.count(count);
            }
        }
        return size;
    }

    private static Set<Certificate> certificates(JarEntry entry) {
        Set<Certificate> found = new HashSet<>();
        CodeSigner[] signers = entry.getCodeSigners();
        if (signers != null) {
            for (CodeSigner signer : signers) {
                found.add(signer.getSignerCertPath().getCertificates().get(0));
            }
        }
        return found;
    }

    /** What a signer's signature leaves out. */
    Optional<String> notSignedBy(Optional<? extends Certificate> signer) {
        return signers.entrySet().stream()
                .filter(entry -> signer.isEmpty() || !entry.getValue().contains(signer.get()))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .map(name -> "the entry " + name + " is not signed");
    }
}
