package org.cofferhsm.signtool.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.SpcIndirectData;
import org.cofferhsm.signtool.format.ContentCheck;

/** What is wrong between a file and the description that was signed. */
final class ContentProblems {

    private ContentProblems() {}

    static List<Problem> of(ContentCheck check) {
        List<Problem> problems = new ArrayList<>();
        if (!check.digestMatches()) {
            problems.add(new Problem(
                    Problem.Kind.DIGEST_MISMATCH,
                    "the file was changed after it was signed: its "
                            + check.algorithm().jcaName() + " digest is "
                            + check.computed().toHex() + ", the signed one "
                            + check.signed().toHex()));
        }
        if (check.pages() == ContentCheck.Pages.DIFFER) {
            problems.add(new Problem(Problem.Kind.PAGE_HASH_MISMATCH, "the page hashes are not those of the file"));
        }
        check.uncovered()
                .ifPresent(what -> problems.add(
                        new Problem(Problem.Kind.UNCOVERED_DATA, "the file holds data that nobody signed: " + what)));
        return problems;
    }

    /**
     * A file's digest is by the hash function of its signature ("Windows Authenticode Portable Executable Signature
     * Format", SpcIndirectDataContent): a strong signature over a weak digest would be worth no more than that.
     */
    static Optional<Problem> ofAlgorithms(AuthenticodeSignature signature) {
        Optional<DigestAlgorithm> signers =
                DigestAlgorithm.of(signature.signerInfo().getDigestAlgorithm().getAlgorithm());
        return signature
                .content()
                .indirectData()
                .map(SpcIndirectData::algorithm)
                .filter(files -> signers.isPresent() && signers.get() != files)
                .map(files -> new Problem(
                        Problem.Kind.SIGNATURE_INVALID,
                        "the file's digest is by " + files.jcaName() + ", its signature by "
                                + signers.get().jcaName()));
    }
}
