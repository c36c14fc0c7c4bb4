package org.cofferhsm.signtool.commandline.verify;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cofferhsm.signtool.commandline.console.CertificateLines;
import org.cofferhsm.signtool.verify.Problem;
import org.cofferhsm.signtool.verify.SignatureVerification;
import org.cofferhsm.signtool.verify.TimestampVerification;

/** What verifying found, for programs. */
final class VerificationFacts {

    private VerificationFacts() {}

    static Map<String, Object> of(SignatureVerification one) {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("index", one.index());
        facts.put("valid", one.passed());
        facts.put("valid_at", one.validAt().toString());
        facts.put(
                "chain", one.chain().stream().map(CertificateLines::thumbprint).toList());
        one.signature()
                .signerCertificate()
                .ifPresent(signer ->
                        facts.put("signer", signer.getSubjectX500Principal().getName()));
        one.content().ifPresent(check -> {
            facts.put(
                    "digest",
                    check.algorithm().signToolName() + ":" + check.computed().toHex());
            facts.put("page_hashes", check.pages().name());
        });
        one.signature().opusInfo().description().ifPresent(text -> facts.put("description", text));
        one.signature().opusInfo().url().ifPresent(text -> facts.put("url", text));
        facts.put(
                "timestamps",
                one.timestamps().stream().map(VerificationFacts::of).toList());
        facts.put("problems", problems(one.problems()));
        return facts;
    }

    private static Map<String, Object> of(TimestampVerification stamp) {
        return Map.of(
                "kind",
                stamp.kind().signToolName(),
                "valid",
                stamp.passed(),
                "time",
                stamp.time().map(Object::toString).orElse(""),
                "problems",
                problems(stamp.problems()));
    }

    private static List<Map<String, String>> problems(List<Problem> problems) {
        return problems.stream()
                .map(problem -> Map.of("kind", problem.kind().name(), "message", problem.message()))
                .toList();
    }
}
