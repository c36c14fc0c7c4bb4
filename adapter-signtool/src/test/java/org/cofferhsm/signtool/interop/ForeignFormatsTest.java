package org.cofferhsm.signtool.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jsign.Signable;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.format.ContentCheck;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.testing.FormatSamples;
import org.cofferhsm.signtool.testing.InstalledFiles;
import org.cofferhsm.signtool.testing.Signers;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.verify.FileVerification;
import org.cofferhsm.signtool.verify.SignatureVerification;
import org.cofferhsm.signtool.verify.VerificationPolicy;
import org.cofferhsm.signtool.verify.Verifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What osslsigncode and jsign put into cabinets, catalogs and scripts, in our eyes, and ours in jsign's. */
class ForeignFormatsTest {
    private static final TestSigner ROOT = TestSigner.root();
    private static final KeyPair RSA = TestCertificate.rsa(2048);
    private static final TestSigner SIGNER = ROOT.issueForCode(RSA);

    @TempDir
    private Path directory;

    private static List<SignatureVerification> verify(Path file) throws Exception {
        FileVerification result =
                new Verifier(VerificationPolicy.trusting(Set.of(ROOT.anchor()), Instant.now())).verify(file);
        assertThat(result.signatures())
                .allSatisfy(
                        one -> assertThat(one.problems()).as(file.toString()).isEmpty());
        assertThat(result.passed()).isTrue();
        return result.signatures();
    }

    /** What both programs can sign. */
    private List<Path> common() throws Exception {
        List<Path> files = new ArrayList<>(FormatSamples.powerShell(directory));
        files.addAll(FormatSamples.cabinets(directory));
        files.add(FormatSamples.catalog(directory));
        return files;
    }

    @Test
    void acceptsWhatOsslsigncodeSignedAndGivesItBack() throws Exception {
        List<Path> files = common();
        files.addAll(FormatSamples.managementScripts(directory));
        for (Path file : files) {
            byte[] before = Files.readAllBytes(file);
            Path once = directory.resolve("once-" + file.getFileName());
            Path twice = directory.resolve("twice-" + file.getFileName());
            new Signers(SIGNER, directory).osslsigncode(file, once, "-h", "sha256");
            new Signers(SIGNER, directory).osslsigncode(once, twice, "-h", "sha512", "-nest");
            assertThat(verify(once)).as(once.toString()).hasSize(1);
            boolean catalog = file.toString().endsWith(".cat"); // where the program replaces instead of nesting
            assertThat(verify(twice)).as(twice.toString()).hasSize(catalog ? 1 : 2);

            SignatureWriter.remove(twice);

            assertThat(twice).hasBinaryContent(before);
        }
    }

    @Test
    void acceptsWhatJsignSignedAndGivesItBack() throws Exception {
        List<Path> files = common();
        files.addAll(FormatSamples.scriptHost(directory));
        for (Path file : files) {
            byte[] before = Files.readAllBytes(file);
            new Signers(SIGNER, directory).jsign(file, net.jsign.DigestAlgorithm.SHA256, false);
            new Signers(SIGNER, directory).jsign(file, net.jsign.DigestAlgorithm.SHA512, true);
            assertThat(verify(file)).hasSize(2);

            SignatureWriter.remove(file);

            assertThat(file).hasBinaryContent(before);
        }
    }

    @Test
    void acceptsWhatJsignSignedInCabinetsThatHadAReserve() throws Exception {
        for (int bytes : new int[] {20, 6144}) {
            Path file = FormatSamples.reserving(directory, bytes);
            new Signers(SIGNER, directory).jsign(file, net.jsign.DigestAlgorithm.SHA256, false);

            assertThat(verify(file)).hasSize(1);

            SignatureWriter.append(file, SIGNER.signature(file, ContentOptions.of(DigestAlgorithm.SHA512)));
            assertThat(verify(file)).hasSize(2);
        }
    }

    @Test
    void letsJsignReadWhatWeSigned() throws Exception {
        List<Path> files = common();
        files.addAll(FormatSamples.scriptHost(directory));
        for (Path file : files) {
            SIGNER.signInPlace(file);
            try (Signable opened = Signable.of(file.toFile(), StandardCharsets.UTF_8);
                    OpenFile open = OpenFile.read(file)) {
                assertThat(opened.getSignatures()).as(file.toString()).hasSize(1);
                boolean list = open.format().name().equals("catalog"); // which has no digest
                assertThat(list || sameDigest(opened, open)).as(file.toString()).isTrue();
            }
        }
    }

    private static boolean sameDigest(Signable theirs, OpenFile ours) throws Exception {
        ContentCheck check = ours.content().check(ours.content().content(ContentOptions.of(DigestAlgorithm.SHA256)));
        byte[] digest = theirs.computeDigest(net.jsign.DigestAlgorithm.SHA256);
        return Arrays.equals(check.computed().toByteArray(), digest);
    }

    @Test
    void readsACabinetThatWasSignedLongAgo() throws Exception {
        Path file = InstalledFiles.CABINETS.named("test-signed");
        Verifier verifier = new Verifier(VerificationPolicy.trusting(Set.of(ROOT.anchor()), Instant.now()));

        SignatureVerification result = verifier.verify(file).signatures().get(0);

        assertThat(result.content().orElseThrow().passed()).isTrue();
        assertThat(result.signature().opusInfo().description()).contains("Test Firmware");
    }

    @Test
    void refusesCabinetsThatBrokeOtherPrograms() throws Exception {
        List<Path> broken = InstalledFiles.CABINETS.all().stream()
                .filter(file -> file.getFileName().toString().matches("CVE.*|.*overflow.*"))
                .toList();
        assertThat(broken).hasSize(5);
        for (Path sample : broken) {
            Path file = Files.copy(sample, directory.resolve(sample.getFileName()));

            assertRefused(Reason.DATA_INVALID, () -> SIGNER.signInPlace(file));
        }
    }
}
