package org.cofferhsm.signtool.jar;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.format.ContentCheck;
import org.cofferhsm.signtool.verify.SignatureVerification;
import org.cofferhsm.signtool.verify.Verifier;

/** Says what the signatures of a JAR are worth. */
public record JarVerification(Verifier verifier) {

    /** Every signature, in the order of the archive. */
    public List<SignatureVerification> verify(Path file) throws IOException {
        List<AuthenticodeSignature> signatures = new SignedJar(file).signatures();
        List<SignatureVerification> results = new ArrayList<>();
        if (!signatures.isEmpty()) {
            JarCoverage coverage = JarCoverage.of(file);
            for (AuthenticodeSignature signature : signatures) {
                results.add(verifier.verify(results.size(), signature, one -> check(one, coverage)));
            }
        }
        return results;
    }

    /** The digest is that of the signature file, which names those of the entries. */
    private static ContentCheck check(AuthenticodeSignature signature, JarCoverage coverage) {
        DigestAlgorithm algorithm = signature.digestAlgorithm();
        Octets digest = Octets.of(signature.content().digest(algorithm));
        return new ContentCheck(
                algorithm,
                digest,
                coverage.altered().isPresent() ? Octets.EMPTY : digest,
                ContentCheck.Pages.ABSENT,
                coverage.notSignedBy(signature.signerCertificate()));
    }
}
