package org.cofferhsm.signtool.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.spi.StepFile;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.PreparedSignature;
import org.cofferhsm.signtool.authenticode.SignatureTemplate;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.signing.ModuleKey;
import org.cofferhsm.signtool.signing.ModuleKeys;
import org.cofferhsm.signtool.timestamp.Rfc3161Source;
import org.cofferhsm.signtool.timestamp.TimestampException;
import org.cofferhsm.signtool.verify.VerificationPolicy;
import org.cofferhsm.signtool.verify.Verifier;

/** A program for Windows, signed by a key in the module and timestamped. */
record SignedProgram(Path directory) {

    StepFile file() {
        return new StepFile(directory.resolve("program-signed.exe"));
    }

    private StepFile roots() {
        return new StepFile(directory.resolve("trusted.pem"));
    }

    /** Makes the file, unless one of an earlier run is still good. */
    void make(Session session, String alias) {
        ModuleKey key = new ModuleKeys(session).named(alias);
        Authority authority = new Authority(session);
        Set<X509Certificate> trusted = Set.of(key.certificate(), authority.certificate());
        roots().write(trusted.stream()
                .map(SignedProgram::pem)
                .sorted()
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.US_ASCII));
        if (!file().exists() || !verifies(file().path(), trusted)) {
            file().make(part -> authority.during(stamps -> sign(part, key, stamps)));
        }
        if (!verifies(file().path(), trusted)) {
            throw HsmException.internal("the signature of " + file().path() + " does not verify");
        }
    }

    private static boolean verifies(Path file, Set<X509Certificate> trusted) {
        try {
            return new Verifier(VerificationPolicy.trusting(trusted, Instant.now()))
                    .verify(file)
                    .passed();
        } catch (IOException | HsmException e) {
            return false; // damaged since an earlier run
        }
    }

    private static Path sign(Path file, ModuleKey key, Rfc3161Source stamps) {
        try {
            Files.write(file, SampleProgram.bytes());
            PreparedSignature prepared = prepare(file, key);
            SignatureWriter.replace(file, stamps.stamp(prepared.complete(key.sign(prepared))));
            return file;
        } catch (IOException e) {
            throw HsmException.argumentInvalid("cannot write " + file + ": " + e.getMessage())
                    .causedBy(e);
        } catch (TimestampException e) {
            throw HsmException.internal("no timestamp from the module's own authority: " + e.reason())
                    .causedBy(e);
        }
    }

    private static PreparedSignature prepare(Path file, ModuleKey key) throws IOException {
        try (OpenFile open = OpenFile.read(file)) {
            return SignatureTemplate.of(key.chain(), DigestAlgorithm.SHA256)
                    .prepare(open.content()
                            .content(ContentOptions.of(DigestAlgorithm.SHA256).withPageHashes()));
        }
    }

    /** Has osslsigncode verify it, where that is installed; gives its name. */
    Optional<String> checkElsewhere() {
        return OutsideProgram.find("osslsigncode").map(program -> {
            String trusted = roots().path().toString();
            program.run(
                            "verify",
                            "-CAfile",
                            trusted,
                            "-TSA-CAfile",
                            trusted,
                            "-ignore-cdp",
                            "-in",
                            file().path().toString())
                    .orComplain("osslsigncode does not accept " + file().path());
            return "osslsigncode";
        });
    }

    private static String pem(X509Certificate certificate) {
        try {
            String lines = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw HsmException.internal("a certificate cannot be written").causedBy(e);
        }
    }
}
