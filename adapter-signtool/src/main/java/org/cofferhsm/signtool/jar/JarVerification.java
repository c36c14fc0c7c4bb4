package org.cofferhsm.signtool.jar;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;
import org.cofferhsm.hsm.error.HsmException;
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
        try {
            List<AuthenticodeSignature> signatures = new SignedJar(file).signatures();
            return signatures.isEmpty() ? List.of() : verify(file, signatures);
        } catch (ZipException | EOFException | IllegalArgumentException e) { // the last for names that are not text
            throw HsmException.dataInvalid(file + " is malformed: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private List<SignatureVerification> verify(Path file, List<AuthenticodeSignature> signatures) throws IOException {
        new JarStructure(file).requireUnambiguous();
        ManifestCoverage manifest = ManifestCoverage.of(new SignedJar(file).manifest());
        JarCoverage entries = JarCoverage.of(file);
        List<SignatureVerification> results = new ArrayList<>();
        for (AuthenticodeSignature signature : signatures) {
            results.add(verifier.verify(results.size(), signature, one -> check(one, manifest, entries)));
        }
        return results;
    }

    /** The digest is that of the signature file, which names those of the entries. */
    private static ContentCheck check(
            AuthenticodeSignature signature, ManifestCoverage manifest, JarCoverage coverage) {
        DigestAlgorithm algorithm = signature.digestAlgorithm();
        Octets digest = Octets.of(signature.content().digest(algorithm));
        return new ContentCheck(
                algorithm,
                digest,
                coverage.altered().isPresent() ? Octets.EMPTY : digest,
                ContentCheck.Pages.ABSENT,
                coverage.notSignedBy(signature.signerCertificate())
                        .or(() -> manifest.notSignedBy(
                                signature.content().data().orElseThrow(),
                                !coverage.signers().isEmpty())));
    }
}
