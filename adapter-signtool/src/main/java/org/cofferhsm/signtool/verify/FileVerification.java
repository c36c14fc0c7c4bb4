package org.cofferhsm.signtool.verify;

import java.nio.file.Path;
import java.util.List;

/**
 * What verifying a file found.
 *
 * @param file the file
 * @param format the format's name
 * @param signatures every signature, the primary one first, then the nested ones in their order; empty for an unsigned
 *     file
 */
public record FileVerification(Path file, String format, List<SignatureVerification> signatures) {

    public FileVerification {
        signatures = List.copyOf(signatures);
    }

    /** Whether there is a signature at all. */
    public boolean isSigned() {
        return !signatures.isEmpty();
    }

    /** Whether the file is signed and nothing is wrong with any of its signatures. */
    public boolean passed() {
        return isSigned() && signatures.stream().allMatch(SignatureVerification::passed);
    }
}
