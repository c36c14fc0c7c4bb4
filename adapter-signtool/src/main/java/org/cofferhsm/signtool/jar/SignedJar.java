package org.cofferhsm.signtool.jar;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.jspecify.annotations.Nullable;

/** The signatures of a JAR, each with the signature file that it speaks of as its content. */
public record SignedJar(Path file) {

    /** Manifests of very large JARs have some megabytes, and so have their signature files. */
    private static final int LARGEST = 64 << 20;

    private static final int MOST_SIGNATURES = 32;

    /** All of them, in the order of the archive; a timestamp in one is like one of Authenticode. */
    public List<AuthenticodeSignature> signatures() throws IOException {
        List<AuthenticodeSignature> found = new ArrayList<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : blocks(zip)) {
                byte[] content = bytes(zip, JarNames.signatureFile(entry.getName()));
                found.add(AuthenticodeSignature.detached(bytes(zip, entry.getName()), content)
                        .adoptingCmsTimestampToken());
            }
        }
        return found;
    }

    private List<ZipEntry> blocks(ZipFile zip) {
        List<ZipEntry> found = new ArrayList<>();
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            if (JarNames.isBlock(entry.getName())) {
                found.add(entry);
            }
        }
        if (found.size() > MOST_SIGNATURES) {
            throw HsmException.dataInvalid(file + " has more than " + MOST_SIGNATURES + " signatures");
        }
        return found;
    }

    /** The manifest, as it stands. */
    byte[] manifest() throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return bytes(zip, JarNames.MANIFEST);
        }
    }

    private byte[] bytes(ZipFile zip, String name) throws IOException {
        ZipEntry entry = find(zip, name);
        if (entry == null) {
            throw HsmException.dataInvalid(file + " has a signature without " + name);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw HsmException.dataInvalid(name + " in " + file + " has more than " + LARGEST + " bytes");
            }
            return bytes;
        }
    }

    /** Beside the manifest any letters will do, as they do for the JDK. */
    private static @Nullable ZipEntry find(ZipFile zip, String name) {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            entry = zip.stream()
                    .filter(one -> one.getName().equalsIgnoreCase(name))
                    .findFirst()
                    .orElse(null);
        }
        return entry;
    }

    /** The signature in this block. */
    AuthenticodeSignature signature(String block) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return AuthenticodeSignature.parse(bytes(zip, block));
        }
    }

    /** Writes the JAR with a timestamp in one of its blocks (RFC 3161, appendix A), which nothing else depends on. */
    void writeStamped(String block, Octets token, OutputStream out) throws IOException {
        byte[] stamped =
                signature(block).withCmsTimestampToken(token.toByteArray()).encoded();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipOutputStream copy = new ZipOutputStream(out);
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().equals(block)) {
                    put(copy, named(entry), stamped);
                } else {
                    copy(zip, entry, copy);
                }
            }
            copy.finish();
        }
    }

    private static ZipEntry named(ZipEntry entry) {
        ZipEntry fresh = new ZipEntry(entry.getName());
        fresh.setTime(entry.getTime());
        return fresh;
    }

    private static void put(ZipOutputStream out, ZipEntry entry, byte[] content) throws IOException {
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }

    /** Entry by entry, as the JDK's signer writes them: stored ones stay stored. */
    private static void copy(ZipFile from, ZipEntry entry, ZipOutputStream to) throws IOException {
        ZipEntry same = new ZipEntry(entry);
        if (entry.getMethod() != ZipEntry.STORED) {
            same.setCompressedSize(-1);
        }
        to.putNextEntry(same);
        try (InputStream in = from.getInputStream(entry)) {
            in.transferTo(to);
        }
        to.closeEntry();
    }
}
