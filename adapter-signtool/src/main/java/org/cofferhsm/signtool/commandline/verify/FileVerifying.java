package org.cofferhsm.signtool.commandline.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.ASN1OctetString;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.commandline.SignToolException;
import org.cofferhsm.signtool.commandline.console.Failure;
import org.cofferhsm.signtool.commandline.console.FileNames;
import org.cofferhsm.signtool.commandline.console.FileOutcome;
import org.cofferhsm.signtool.commandline.console.Line;
import org.cofferhsm.signtool.commandline.sign.Pkcs7Form;
import org.cofferhsm.signtool.format.ContentCheck;
import org.cofferhsm.signtool.jar.JarNames;
import org.cofferhsm.signtool.jar.JarVerification;
import org.cofferhsm.signtool.verify.SignatureVerification;
import org.cofferhsm.signtool.verify.Verifier;

/** Verifies files and says it in SignTool's lines. Safe for several threads. */
final class FileVerifying {

    private static final long LARGEST_PKCS7 = 128L << 20;

    private final Verifier verifier;
    private final Expectations expectations;
    private final FileNames names;
    private final AtomicInteger further = new AtomicInteger();

    FileVerifying(Verifier verifier, Expectations expectations, FileNames names) {
        this.verifier = verifier;
        this.expectations = expectations;
        this.names = names;
    }

    /** Good signatures beyond the first of each file. */
    int furtherSignatures() {
        return further.get();
    }

    FileOutcome verify(Path file) {
        String name = names.of(file);
        try {
            return outcome(
                    name,
                    JarNames.isJar(file)
                            ? new JarVerification(verifier).verify(file)
                            : verifier.verify(file).signatures());
        } catch (IOException | HsmException e) {
            return new Failure(name, Optional.empty()).of(e);
        }
    }

    /** {@code /p7}. */
    FileOutcome pkcs7(Path file, Optional<Path> content) {
        String name = names.of(file);
        try {
            Optional<byte[]> detached = content.isPresent() ? Optional.of(read(content.get())) : Optional.empty();
            AuthenticodeSignature signature = Pkcs7Form.parse(read(file), detached);
            return outcome(name, List.of(verifier.verify(0, signature, FileVerifying::whatIsInside)));
        } catch (IOException | HsmException | SignToolException e) {
            return new Failure(name, Optional.empty()).of(e);
        }
    }

    /** Its content is all that such a signature speaks of; that it was signed is checked with the signer. */
    private static ContentCheck whatIsInside(AuthenticodeSignature signature) {
        byte[] content = signature.content().encoded().toByteArray();
        Octets digest = Octets.of(signature
                .digestAlgorithm()
                .digest(ASN1OctetString.getInstance(content).getOctets()));
        return ContentCheck.of(signature.digestAlgorithm(), digest, digest);
    }

    private static byte[] read(Path file) throws IOException {
        if (Files.size(file) > LARGEST_PKCS7) {
            throw HsmException.dataInvalid(file + " is too large for a PKCS#7 file");
        }
        return Files.readAllBytes(file);
    }

    private FileOutcome outcome(String name, List<SignatureVerification> all) {
        List<SignatureVerification> chosen = expectations.chosen(all);
        Findings findings = new Findings(name, chosen, expectations);
        List<Line> lines = new ArrayList<>(expectations.isVerbose() ? findings.longForm() : findings.shortForm());
        lines.addAll(findings.verdict());
        if (findings.result() != FileOutcome.Result.FAILED) {
            further.addAndGet(chosen.size() - 1);
        }
        TreeMap<String, Object> facts = new TreeMap<>();
        facts.put("file", name);
        facts.put("result", findings.result() == FileOutcome.Result.FAILED ? "failed" : "verified");
        facts.put("signatures", chosen.stream().map(VerificationFacts::of).toList());
        return new FileOutcome(findings.result(), lines, facts);
    }
}
