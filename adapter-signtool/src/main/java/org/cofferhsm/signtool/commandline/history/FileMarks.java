package org.cofferhsm.signtool.commandline.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.SpcIndirectData;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.file.UnrecognizedFormatException;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.format.SignableFile;
import org.cofferhsm.signtool.jar.JarNames;
import org.cofferhsm.signtool.jar.SignedJar;
import org.cofferhsm.signtool.verify.SignatureTree;

/**
 * By what a file is found again in the audit log.
 *
 * @param content SHA-256 of the file as it is
 * @param digests its digests in Authenticode's sense, with their hash functions; a signature does not change them
 * @param values SHA-256 of the values of its signatures
 */
record FileMarks(String content, Set<String> digests, Set<String> values) {

    static FileMarks of(Path file) throws IOException {
        String content = FileDigest.sha256(file);
        if (JarNames.isJar(file)) {
            return new FileMarks(content, Set.of(), values(new SignedJar(file).signatures()));
        }
        try (OpenFile open = OpenFile.read(file)) {
            return new FileMarks(content, digests(open.content()), values(open.content()));
        } catch (UnrecognizedFormatException e) {
            return new FileMarks(content, Set.of("sha256:" + content), Set.of());
        }
    }

    private static Set<String> digests(SignableFile file) throws IOException {
        Set<String> found = new HashSet<>();
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            digest(file, algorithm).ifPresent(found::add);
        }
        return found;
    }

    /** Some formats take one hash function only. */
    private static Optional<String> digest(SignableFile file, DigestAlgorithm algorithm) throws IOException {
        try {
            return file.content(ContentOptions.of(algorithm)).indirectData().map(FileMarks::text);
        } catch (HsmException e) {
            return Optional.empty();
        }
    }

    static String text(SpcIndirectData data) {
        return data.algorithm().signToolName() + ":" + data.digest().toHex();
    }

    private static Set<String> values(SignableFile file) throws IOException {
        return values(file.signatures().stream()
                .map(one -> AuthenticodeSignature.parse(one.toByteArray()))
                .toList());
    }

    private static Set<String> values(List<AuthenticodeSignature> primary) {
        Set<String> found = new HashSet<>();
        for (AuthenticodeSignature one : SignatureTree.flatten(primary)) {
            found.add(ofValue(one.signatureValue()));
        }
        return found;
    }

    static String ofValue(byte[] value) {
        return Octets.of(DigestAlgorithm.SHA256.digest(value)).toHex();
    }

    /** Whether a note is about this file. */
    boolean areOf(SigningNote note) {
        return values.contains(note.value()) || digests.contains(note.digest()) || content.equals(note.content());
    }

    /** Whether the signature that a note tells of is in the file now. */
    boolean hold(SigningNote note) {
        return values.contains(note.value());
    }
}
