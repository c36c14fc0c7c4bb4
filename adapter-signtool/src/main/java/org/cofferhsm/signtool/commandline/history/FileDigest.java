package org.cofferhsm.signtool.commandline.history;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.SignedContent;
import org.cofferhsm.signtool.format.Source;

/** Digests by which files are named in the audit log and in manifests. */
public final class FileDigest {

    private FileDigest() {}

    /** SHA-256 of a whole file, in hexadecimal digits. */
    public static String sha256(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return sha256(Source.of(file, channel));
        }
    }

    /** The same of a file that is open. */
    public static String sha256(Source source) throws IOException {
        MessageDigest digest = DigestAlgorithm.SHA256.startOver(source.size());
        source.pass(0, source.size(), piece -> digest.update(piece));
        return Octets.of(digest.digest()).toHex();
    }

    /** The digest that a signature's content names, with its hash function; of other content its own SHA-256. */
    public static String of(SignedContent content) {
        return content.indirectData()
                .map(FileMarks::text)
                .orElseGet(() -> "sha256:"
                        + Octets.of(content.digest(DigestAlgorithm.SHA256)).toHex());
    }

    /** How a signature value is named. */
    public static String ofValue(byte[] value) {
        return FileMarks.ofValue(value);
    }
}
