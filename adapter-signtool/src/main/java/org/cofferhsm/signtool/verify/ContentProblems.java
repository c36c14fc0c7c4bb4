package org.cofferhsm.signtool.verify;

import java.util.ArrayList;
import java.util.List;
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
}
