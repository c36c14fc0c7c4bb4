package org.cofferhsm.signtool.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.testing.FormatSamples;
import org.cofferhsm.signtool.testing.InstalledFiles;
import org.cofferhsm.signtool.testing.Osslsigncode;
import org.cofferhsm.signtool.testing.TestAuthority;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we put into cabinets, catalogs and PowerShell, in the eyes of osslsigncode. */
class OsslsigncodeFormatsTest {
    private static final TestSigner ROOT = TestSigner.root();
    private static final TestAuthority AUTHORITY = TestAuthority.under(ROOT);
    private static final TestSigner SIGNER = ROOT.issueForCode(TestCertificate.rsa(2048));

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
        assertThat(verified.status())
                .as(file + "\n" + verified.text() + verified.messages())
                .isZero();
    }

    /** Signs, lets the other program judge, changes one byte of the content, and removes the signature. */
    private void assertSignedAndGivenBack(Path file) throws Exception {
        byte[] before = Files.readAllBytes(file);
        SIGNER.signInPlace(file);
        assertAccepted(file);

        SignatureWriter.append(file, SIGNER.signature(file, ContentOptions.of(DigestAlgorithm.SHA384)));
        assertAccepted(file);

        SignatureWriter.remove(file);
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void acceptsAllPowerShellOfAnsible() throws Exception {
        for (Path sample : InstalledFiles.POWERSHELL.all()) {
            assertSignedAndGivenBack(Files.copy(sample, directory.resolve(sample.getFileName())));
        }
    }

    @Test
    void acceptsPowerShellInEveryEncoding() throws Exception {
        for (Path file : FormatSamples.powerShell(directory)) {
            assertSignedAndGivenBack(file);
        }
    }

    @Test
    void acceptsWhatElsePowerShellReads() throws Exception {
        for (Path file : FormatSamples.managementScripts(directory)) {
            assertSignedAndGivenBack(file);
        }
    }

    @Test
    void acceptsCabinets() throws Exception {
        for (Path file : FormatSamples.cabinets(directory)) {
            assertSignedAndGivenBack(file);
        }
    }

    @Test
    void acceptsCabinetsThatHadAReserve() throws Exception {
        for (int bytes : new int[] {0, 2, 20, 6144}) {
            assertSignedAndGivenBack(FormatSamples.reserving(directory, bytes));
        }
    }

    @Test
    void acceptsCatalogs() throws Exception {
        assertSignedAndGivenBack(FormatSamples.catalog(directory));
    }

    @Test
    void acceptsTimestamps() throws Exception {
        for (Path file : List.of(
                FormatSamples.catalog(directory),
                FormatSamples.cabinets(directory).get(0),
                FormatSamples.powerShell(directory).get(0))) {
            AuthenticodeSignature signature = SIGNER.signature(file, ContentOptions.of(DigestAlgorithm.SHA256));
            SignatureWriter.replace(
                    file, signature.withTimestampToken(AUTHORITY.token(signature.signatureValue(), Instant.now())));

            OutsideProgram.Finished verified = osslsigncode.verify(file, root);

            assertThat(verified.status()).as(verified.text()).isZero();
            assertThat(verified.text()).contains("Timestamp Server Signature verification: ok");
        }
    }

    @Test
    void noticesWhatIsWrongWithOurOwnSignaturesToo() throws Exception {
        for (Path file : List.of(
                FormatSamples.cabinets(directory).get(0),
                FormatSamples.powerShell(directory).get(0))) {
            SIGNER.signInPlace(file);
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 3] ^= 1;
            Files.write(file, bytes);

            assertThat(osslsigncode.verify(file, root).status()).isNotZero();
        }
    }
}
