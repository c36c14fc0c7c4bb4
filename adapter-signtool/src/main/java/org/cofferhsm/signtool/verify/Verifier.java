package org.cofferhsm.signtool.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.format.ContentCheck;

/**
 * Says what the signatures of files are worth. Whatever a file holds, the outcome is a {@link FileVerification} or, when
 * not even its structure can be read, a refusal (DATA_INVALID). Safe for use by several threads.
 */
public final class Verifier {

    private final Chains chains;
    private final TimestampVerifier timestamps;
    private final Instant now;

    public Verifier(VerificationPolicy policy) {
        this.chains = Chains.of(policy, policy.anchors());
        this.timestamps = new TimestampVerifier(policy);
        this.now = policy.now();
    }

    /** What checks a signature's content against the file; throws DATA_INVALID for content that it cannot read. */
    @FunctionalInterface
    public interface Content {
        ContentCheck check(AuthenticodeSignature signature) throws IOException;
    }

    /** Opens a file and verifies every signature in it. */
    public FileVerification verify(Path file) throws IOException {
        try (OpenFile open = OpenFile.read(file)) {
            return verify(open);
        }
    }

    /** Verifies every signature in a file: the primary ones first, then those nested in them. */
    public FileVerification verify(OpenFile file) throws IOException {
        Content content = signature -> file.content().check(signature.content());
        List<SignatureVerification> results = new ArrayList<>();
        for (AuthenticodeSignature signature : all(file.content().signatures())) {
            results.add(verify(results.size(), signature, content));
        }
        return new FileVerification(file.source().path(), file.format().name(), results);
    }

    private static List<AuthenticodeSignature> all(List<Octets> encoded) {
        List<AuthenticodeSignature> primary = encoded.stream()
                .map(one -> AuthenticodeSignature.parse(one.toByteArray()))
                .toList();
        return SignatureTree.flatten(primary);
    }

    /** Verifies one signature, whatever it stands in: catalogs and PKCS#7 files bring content of their own. */
    public SignatureVerification verify(int index, AuthenticodeSignature signature, Content content)
            throws IOException {
        try {
            return judge(index, signature, content);
        } catch (HsmException e) {
            return new SignatureVerification(
                    index, signature, Optional.empty(), List.of(), List.of(), now, List.of(Problem.malformed(e)));
        }
    }

    private SignatureVerification judge(int index, AuthenticodeSignature signature, Content content)
            throws IOException {
        List<Problem> problems = new ArrayList<>();
        Optional<ContentCheck> check = check(signature, content, problems);
        problems.addAll(SignerCheck.of(signature).problems());
        List<TimestampVerification> stamps = timestamps.verify(signature);
        stamps.stream()
                .filter(stamp -> !stamp.passed())
                .map(Verifier::badTimestamp)
                .forEach(problems::add);
        Instant at = signedAt(signature, stamps);
        ChainVerification chain = chains.verify(
                signature.signerCertificate(), signature.certificates(), new Use(Purpose.CODE_SIGNING, at));
        problems.addAll(chain.problems());
        return new SignatureVerification(index, signature, check, chain.chain(), stamps, at, problems);
    }

    private static Optional<ContentCheck> check(
            AuthenticodeSignature signature, Content content, List<Problem> problems) throws IOException {
        try {
            ContentCheck check = content.check(signature);
            problems.addAll(ContentProblems.of(check));
            ContentProblems.ofAlgorithms(signature).ifPresent(problems::add);
            return Optional.of(check);
        } catch (HsmException e) {
            problems.add(Problem.malformed(e));
            return Optional.empty();
        }
    }

    private static Problem badTimestamp(TimestampVerification stamp) {
        return new Problem(
                Problem.Kind.TIMESTAMP_INVALID,
                "the " + stamp.kind().signToolName() + " timestamp is not valid: "
                        + stamp.problems().get(0).message());
    }

    /** The earliest good timestamp counts, unless the certificate says that it ends for old signatures too. */
    private Instant signedAt(AuthenticodeSignature signature, List<TimestampVerification> stamps) {
        boolean endsForGood =
                signature.signerCertificate().filter(Purpose::isLifetimeSigner).isPresent();
        return stamps.stream()
                .filter(stamp -> stamp.passed() && !endsForGood)
                .flatMap(stamp -> stamp.time().stream())
                .min(Comparator.naturalOrder())
                .orElse(now);
    }
}
