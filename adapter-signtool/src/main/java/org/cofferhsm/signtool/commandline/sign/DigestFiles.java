package org.cofferhsm.signtool.commandline.sign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.PreparedSignature;

/**
 * SignTool's files for signatures made elsewhere: {@code .dig} (the digest to sign, in Base64), {@code .p7u} (the
 * signature without its value), {@code .dig.signed} (the value, in Base64), {@code .dig.xml} (the digest for people).
 */
record DigestFiles(Path directory, boolean withXml) {

    static final String SIGNED = ".signed";
    private static final String DIGEST = ".dig";
    private static final long LARGEST = 16L << 20;

    static String digestName(String stem) {
        return stem + DIGEST;
    }

    static String preparedName(String stem) {
        return stem + ".p7u";
    }

    /** The digest that the key signs, with its hash function. */
    static String toBeSigned(PreparedSignature prepared) {
        return prepared.digestAlgorithm().signToolName() + ":"
                + Octets.of(prepared.digestToBeSigned()).toHex();
    }

    void write(String stem, PreparedFile prepared, Instant now) throws IOException {
        PreparedSignature signature = prepared.signature();
        NewFile.write(directory.resolve(preparedName(stem)), signature.encoded());
        NewFile.write(
                directory.resolve(digestName(stem)), Base64.getEncoder().encodeToString(signature.digestToBeSigned()));
        if (withXml) {
            NewFile.write(directory.resolve(digestName(stem) + ".xml"), DigestXml.of(stem, signature, now));
        }
    }

    static PreparedSignature prepared(Path file) throws IOException {
        return PreparedSignature.parse(content(file));
    }

    /** What a file holds in Base64. */
    static byte[] decoded(Path file) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(new String(content(file), StandardCharsets.US_ASCII).strip());
        } catch (IllegalArgumentException e) {
            throw HsmException.dataInvalid(file + " is not in Base64").causedBy(e);
        }
    }

    private static byte[] content(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw HsmException.dataInvalid(file + " is too large for a digest or a signature");
        }
        return Files.readAllBytes(file);
    }
}
