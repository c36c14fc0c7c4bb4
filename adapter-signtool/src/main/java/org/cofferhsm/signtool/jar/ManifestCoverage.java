package org.cofferhsm.signtool.jar;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;

/**
 * What a signature file says of the manifest (JAR File Specification, "Signature File"). The JDK checks the digests that
 * are there; that they are there is asked here, since attributes such as Class-Path and Launcher-Agent-Class steer a
 * program.
 *
 * @param encoded the manifest as it stands
 * @param manifest the same, read
 */
record ManifestCoverage(byte[] encoded, Manifest manifest) {

    private static final String WHOLE = "-DIGEST-MANIFEST";
    private static final String MAIN = "-DIGEST-MANIFEST-MAIN-ATTRIBUTES";

    static ManifestCoverage of(byte[] encoded) {
        return new ManifestCoverage(encoded, read("manifest", encoded));
    }

    private static Manifest read(String what, byte[] encoded) {
        try {
            return new Manifest(new ByteArrayInputStream(encoded));
        } catch (IOException | IllegalArgumentException e) {
            throw HsmException.dataInvalid("the " + what + " of the JAR is malformed: " + e.getMessage())
                    .causedBy(e);
        }
    }

    /**
     * What this signature file leaves open.
     *
     * @param hasEntries without any the JDK need not have looked at the manifest
     */
    Optional<String> notSignedBy(byte[] signatureFile, boolean hasEntries) {
        Manifest signed = read("signature file", signatureFile);
        if (coversAll(signed.getMainAttributes())) {
            return Optional.empty();
        }
        if (!hasEntries || !coversMain(signed.getMainAttributes())) {
            return Optional.of("the main attributes of the manifest are not signed");
        }
        return manifest.getEntries().keySet().stream()
                .filter(name -> !signed.getEntries().containsKey(name))
                .sorted()
                .findFirst()
                .map(name -> "what the manifest says of " + name + " is not signed");
    }

    private boolean coversAll(Attributes attributes) {
        return attributes.entrySet().stream()
                .anyMatch(one -> hash(one, WHOLE)
                        .filter(algorithm -> isOfManifest(algorithm, String.valueOf(one.getValue())))
                        .isPresent());
    }

    private static boolean coversMain(Attributes attributes) {
        return attributes.entrySet().stream().anyMatch(one -> hash(one, MAIN).isPresent());
    }

    private static Optional<DigestAlgorithm> hash(Map.Entry<Object, Object> attribute, String suffix) {
        String name = attribute.getKey().toString().toUpperCase(Locale.ROOT);
        return Arrays.stream(DigestAlgorithm.values())
                .filter(one -> name.equals(one.jcaName() + suffix))
                .findFirst();
    }

    private boolean isOfManifest(DigestAlgorithm algorithm, String expected) {
        try {
            return MessageDigest.isEqual(
                    algorithm.digest(encoded), Base64.getDecoder().decode(expected));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
