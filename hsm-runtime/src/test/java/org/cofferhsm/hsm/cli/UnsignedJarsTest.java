package org.cofferhsm.hsm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnsignedJarsTest {

    @TempDir
    Path directory;

    private static Path jarOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private Path copied(Path jar) throws IOException {
        UnsignedJars.main(new String[] {directory.toString(), jar.toString()});
        return directory.resolve(jar.getFileName());
    }

    @Test
    void keepsEveryEntryButTheSignature() throws Exception {
        Path signed = jarOf(ASN1Encodable.class);
        try (JarFile before = new JarFile(signed.toFile(), false);
                JarFile after = new JarFile(copied(signed).toFile())) {
            List<String> kept = after.stream().map(JarEntry::getName).toList();
            List<String> gone = before.stream()
                    .map(JarEntry::getName)
                    .filter(name -> !kept.contains(name))
                    .toList();
            assertThat(gone).hasSize(2).allMatch(name -> name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)"));
            for (JarEntry entry : after.stream().toList()) {
                if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    assertThat(bytes(after, entry)).isEqualTo(bytes(before, before.getJarEntry(entry.getName())));
                }
            }
        }
    }

    private static byte[] bytes(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream content = jar.getInputStream(entry)) {
            return content.readAllBytes();
        }
    }

    @Test
    void keepsTheManifestsMainPart() throws Exception {
        Path signed = jarOf(ASN1Encodable.class);
        try (JarFile before = new JarFile(signed.toFile(), false);
                JarFile after = new JarFile(copied(signed).toFile())) {
            Manifest kept = after.getManifest();
            assertThat(kept.getMainAttributes()).isEqualTo(before.getManifest().getMainAttributes());
            assertThat(kept.getEntries()).isEmpty();
        }
    }

    @Test
    void keepsTheTimeByWhichTheArchiveKnowsTheJar() throws Exception {
        Path signed = jarOf(ASN1Encodable.class);
        assertThat(Files.getLastModifiedTime(copied(signed))).isEqualTo(Files.getLastModifiedTime(signed));
    }

    @Test
    void putsTheNativeLibraryOfThisPlatformBesideThem() throws Exception {
        Path jna = jarOf(com.sun.jna.Native.class);
        assertThat(copied(jna)).doesNotExist();
        try (JarFile jar = new JarFile(jna.toFile());
                Stream<Path> written = Files.list(directory)) {
            Path library = written.toList().get(0);
            String entry = "com/sun/jna/" + com.sun.jna.Platform.RESOURCE_PREFIX + "/" + library.getFileName();
            assertThat(Files.readAllBytes(library)).isEqualTo(bytes(jar, jar.getJarEntry(entry)));
        }
    }

    @Test
    void leavesUnsignedJarsWhereTheyAre() throws Exception {
        assertThat(copied(jarOf(Test.class))).doesNotExist();
    }
}
