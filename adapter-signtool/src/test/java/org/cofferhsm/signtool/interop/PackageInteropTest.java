package org.cofferhsm.signtool.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import net.jsign.Signable;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.format.msi.MsiSamples;
import org.cofferhsm.signtool.testing.Osslsigncode;
import org.cofferhsm.signtool.testing.Signers;
import org.cofferhsm.signtool.testing.TestAuthority;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.testing.TinyMsi;
import org.cofferhsm.signtool.testing.TinyPackage;
import org.cofferhsm.signtool.testing.Wixl;
import org.cofferhsm.signtool.verify.VerificationPolicy;
import org.cofferhsm.signtool.verify.Verifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages and installer databases in the eyes of osslsigncode and jsign, and theirs in ours. */
class PackageInteropTest {
    private static final TestSigner ROOT = TestSigner.root();
    private static final KeyPair KEY = TestCertificate.rsa(2048);
    private static final TestSigner SIGNER = ROOT.issueForCode(KEY);
    private static final ContentOptions SHA256 = ContentOptions.of(DigestAlgorithm.SHA256);

    private final Osslsigncode osslsigncode = Osslsigncode.installed();

    @TempDir
    private Path directory;

    private Path root;

    @BeforeEach
    void writeRoot() {
        root = ROOT.writeRoot(directory.resolve("root.pem"));
    }

    private void assertAccepted(Path file) {
        OutsideProgram.Finished verified = osslsigncode.verify(file, root);
        assertThat(verified.status()).as(verified.text() + verified.messages()).isZero();
        assertThat(verified.text()).doesNotContain("MISMATCH");
    }

    private void assertWeAccept(Path file) throws IOException {
        assertThat(new Verifier(VerificationPolicy.trusting(Set.of(ROOT.anchor()), Instant.now()))
                        .verify(file)
                        .signatures())
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.problems()).isEmpty());
    }

    static Stream<TinyPackage> packages() {
        return Stream.of(
                TinyPackage.app().withZip64(),
                TinyPackage.app(),
                TinyPackage.app().withContentTypesFirst().withZip64(),
                TinyPackage.app().with("AppxMetadata/CodeIntegrity.cat", new byte[100]),
                TinyPackage.bundle().withZip64());
    }

    private Path write(TinyPackage made) throws IOException {
        return made.write(directory.resolve("example.msix"));
    }

    @ParameterizedTest
    @MethodSource("packages")
    void osslsigncodeAcceptsOurPackages(TinyPackage made) throws IOException {
        assertAccepted(SIGNER.signInPlace(write(made)));
    }

    @Test
    void osslsigncodeAcceptsATimestampedPackage() throws Exception {
        Path file = write(TinyPackage.app().withZip64());
        AuthenticodeSignature signature = SIGNER.signature(file, SHA256);
        byte[] token = TestAuthority.under(ROOT).token(signature.signatureValue(), Instant.now());

        SignatureWriter.replace(file, signature.withTimestampToken(token));

        assertAccepted(file);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void weAcceptPackagesOfOsslsigncodeAndRemoveItsSignature(TinyPackage made) throws IOException {
        Path signed = osslsigncode(write(made), directory.resolve("signed.msix"), "-h", "sha256");

        assertWeAccept(signed);
        SignatureWriter.remove(signed);
        assertAccepted(SIGNER.signInPlace(signed));
    }

    @ParameterizedTest
    @MethodSource("packages")
    void weAcceptPackagesOfJsignAndRemoveItsSignature(TinyPackage made) throws Exception {
        Path signed = jsign(write(made), false);

        assertWeAccept(signed);
        SignatureWriter.remove(signed);
        assertAccepted(SIGNER.signInPlace(signed));
    }

    static Stream<Path> databases(Path directory) throws IOException {
        return Stream.of(
                Wixl.database(directory, 1000),
                TinyMsi.sample(3)
                        .with("Longer than any other name", TinyMsi.pattern(100_000))
                        .write(directory.resolve("v3.msi")),
                TinyMsi.withoutShortStreams(3).write(directory.resolve("long.msi")),
                TinyMsi.sample(4).write(directory.resolve("v4.msi")));
    }

    @ParameterizedTest
    @EnumSource
    void osslsigncodeAcceptsOurDatabases(DigestAlgorithm digest) throws Exception {
        for (Path file : databases(directory).toList()) {
            byte[] before = Files.readAllBytes(file);

            SignatureWriter.replace(file, SIGNER.signature(file, ContentOptions.of(digest)));
            SignatureWriter.append(file, SIGNER.signature(file, ContentOptions.of(digest)));

            assertAccepted(file);
            assertWeAccept(file);
            SignatureWriter.remove(file);
            assertThat(file).hasBinaryContent(before);
        }
    }

    @Test
    void osslsigncodeAcceptsOurDatabasesWithoutPreHash() throws Exception {
        for (Path file : databases(directory).toList()) {
            MsiSamples.signWithoutPreHash(SIGNER, file);

            assertAccepted(file);
        }
    }

    @Test
    void osslsigncodeAcceptsALargeDatabase() throws Exception {
        Path file = Wixl.database(directory, 9_000_000);
        Path before = Files.copy(file, directory.resolve("before.msi"));

        assertAccepted(SIGNER.signInPlace(file));

        SignatureWriter.remove(file);
        assertThat(Files.mismatch(file, before)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void weAcceptDatabasesOfOsslsigncodeAndRemoveItsSignature(boolean preHash) throws Exception {
        for (Path file : databases(directory).toList()) {
            Path target = directory.resolve("signed-" + file.getFileName());
            Path signed = preHash
                    ? osslsigncode(file, target, "-h", "sha384", "-add-msi-dse")
                    : osslsigncode(file, target, "-h", "sha384");

            assertWeAccept(signed);
            SignatureWriter.remove(signed);
            assertAccepted(SIGNER.signInPlace(signed));
        }
    }

    @Test
    void weAcceptDatabasesOfJsignAndRemoveItsSignature() throws Exception {
        for (Path file : databases(directory).toList()) {
            Path signed = jsign(jsign(file, false), true);

            assertWeAccept(signed);
            SignatureWriter.remove(signed);
            assertAccepted(SIGNER.signInPlace(signed));
        }
    }

    @Test
    void jsignReadsOurDatabases() throws Exception {
        for (Path file : databases(directory).toList()) {
            SIGNER.signInPlace(file);
            try (Signable read = Signable.of(file.toFile())) {
                assertThat(read.getSignatures()).hasSize(1);
            }
            jsign(file, true); // over the pre-hash that we wrote

            assertWeAccept(file);
            assertAccepted(file);
        }
    }

    private Path osslsigncode(Path in, Path out, String... options) {
        new Signers(SIGNER, directory).osslsigncode(in, out, options);
        return out;
    }

    private Path jsign(Path file, boolean nested) throws Exception {
        new Signers(SIGNER, directory).jsign(file, net.jsign.DigestAlgorithm.SHA256, nested);
        return file;
    }
}
