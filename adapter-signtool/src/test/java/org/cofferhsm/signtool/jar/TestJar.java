package org.cofferhsm.signtool.jar;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import jdk.security.jarsigner.JarSigner;
import org.cofferhsm.signtool.testing.TestSigner;

/** A JAR as its entries, so that it can be spoilt entry by entry; and ways to spoil the bytes of archives. */
record TestJar(Map<String, byte[]> entries) {

    private static final int END_OF_DIRECTORY = 22;

    static TestJar usual() {
        return new TestJar(new LinkedHashMap<>())
                .with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nMain-Class: org.example.Main\r\n\r\n")
                .with("org/example/Main.class", "not really a class")
                .with("readme.txt", "read me");
    }

    static TestJar of(byte[] archive) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        return new TestJar(entries);
    }

    TestJar with(String name, byte[] content) {
        Map<String, byte[]> more = new LinkedHashMap<>(entries);
        more.put(name, content);
        return new TestJar(more);
    }

    TestJar with(String name, String content) {
        return with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    TestJar without(String name) {
        Map<String, byte[]> fewer = new LinkedHashMap<>(entries);
        fewer.remove(name);
        return new TestJar(fewer);
    }

    String text(String name) {
        return new String(entries.get(name), StandardCharsets.UTF_8);
    }

    byte[] archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Signed by the JDK; {@code sectionsOnly} leaves out the digest of the whole manifest. */
    TestJar signed(TestSigner signer, boolean sectionsOnly) throws Exception {
        Path file = Files.createTempFile("test", ".jar");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Files.write(file, archive());
        try (ZipFile zip = new ZipFile(file.toFile())) {
            new JarSigner.Builder(
                            signer.privateKey(),
                            CertificateFactory.getInstance("X.509").generateCertPath(signer.chain()))
                    .digestAlgorithm("SHA-256")
                    .signerName("SIGNER")
                    .setProperty("sectionsOnly", String.valueOf(sectionsOnly))
                    .build()
                    .sign(zip, out);
            return of(out.toByteArray());
        } finally {
            Files.delete(file);
        }
    }

    TestJar signed(TestSigner signer) throws Exception {
        return signed(signer, false);
    }

    /** Every occurrence of a name replaced by one as long. */
    static byte[] renamed(byte[] archive, String from, String to) {
        String bytes = new String(archive, StandardCharsets.ISO_8859_1);
        return bytes.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** With an entry that stands behind the others, where the directory does not know it. */
    static byte[] withHidden(byte[] archive, TestJar hidden) throws IOException {
        byte[] other = hidden.archive();
        int start = directory(archive);
        int length = directory(other);
        ByteBuffer bytes = ByteBuffer.allocate(archive.length + length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(archive, 0, start).put(other, 0, length).put(archive, start, archive.length - start);
        return bytes.putInt(bytes.limit() - END_OF_DIRECTORY + 16, start + length)
                .array();
    }

    private static int directory(byte[] archive) {
        return ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN).getInt(archive.length - END_OF_DIRECTORY + 16);
    }
}
