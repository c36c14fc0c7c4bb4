package org.cofferhsm.signtool.commandline.verify;

import java.util.List;
import java.util.stream.Stream;
import org.cofferhsm.signtool.commandline.console.Line;
import org.cofferhsm.signtool.verify.Problem;

/** What SignTool says of a problem; with {@code /v} our own words follow, which say more. */
final class ProblemWords {

    private ProblemWords() {}

    /** Each thing that SignTool says once, then the details. */
    static List<Line> of(List<Problem> problems) {
        return Stream.concat(
                        problems.stream()
                                .map(problem -> words(problem.kind()))
                                .distinct()
                                .map(Line::error),
                        problems.stream().map(problem -> Line.verbose("    " + problem.message())))
                .toList();
    }

    private static String words(Problem.Kind kind) {
        return switch (kind) {
            case DIGEST_MISMATCH, UNCOVERED_DATA ->
                win("0x80096010", "The digital signature of the object did not verify.");
            case PAGE_HASH_MISMATCH -> "A discrepancy was detected in the page hashes.";
            case SIGNATURE_INVALID -> win("0x80096004", "The signature of the certificate cannot be verified.");
            case CHAIN_UNTRUSTED, CERTIFICATE_MISSING ->
                "A certificate chain processed, but terminated in a root\n"
                        + "\tcertificate which is not trusted by the trust provider.";
            case CERTIFICATE_EXPIRED ->
                win(
                        "0x800B0101",
                        "A required certificate is not within its validity period when verifying against the current"
                                + " system clock or the timestamp in the signed file.");
            case CERTIFICATE_REVOKED -> win("0x800B010C", "A certificate was explicitly revoked by its issuer.");
            case REVOCATION_UNKNOWN ->
                win("0x80092012", "The revocation function was unable to check revocation for the certificate.");
            case USAGE_WRONG -> win("0x800B0110", "The certificate is not valid for the requested usage.");
            case ALGORITHM_WEAK -> "The specified algorithm is not considered secure.";
            case TIMESTAMP_INVALID ->
                win("0x80096005", "The timestamp signature and/or certificate could not be verified or is malformed.");
            case MALFORMED -> win("0x80096010", "The digital signature of the object is malformed.");
        };
    }

    private static String win(String code, String text) {
        return "WinVerifyTrust returned error: " + code + "\n\t" + text;
    }
}
