package org.cofferhsm.signtool.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.file.UnrecognizedFormatException;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.verify.VerificationPolicy;
import org.cofferhsm.signtool.verify.Verifier;

/**
 * What every format must stand: signing and removing, changed bytes, and files that end too early.
 *
 * @param file where the file is put
 */
public record Trial(Path file) {
    private static final KeyPair RSA = TestCertificate.rsa(2048); // fast to verify, thousands of times

    /** Who certifies signers. */
    public static final TestSigner ROOT = TestSigner.root("Example Root", RSA);

    /** Who signs. */
    public static final TestSigner SIGNER = ROOT.issueForCode(RSA);

    /** Who trusts the root. */
    public static final Verifier VERIFIER =
            new Verifier(VerificationPolicy.trusting(Set.of(ROOT.anchor()), Instant.now()));

    /** The file signed. */
    public byte[] signed(byte[] unsigned) throws IOException {
        Files.write(file, unsigned);
        return Files.readAllBytes(SIGNER.signInPlace(file));
    }

    /** Signs twice, the second time over the first and with one nested; removing gives back what was there. */
    public void givesBack(byte[] unsigned) throws IOException {
        byte[] once = signed(unsigned);
        assertThat(VERIFIER.verify(file).passed()).isTrue();
        assertThat(SIGNER.signInPlace(file)).hasBinaryContent(once);
        SignatureWriter.append(file, SIGNER.signature(file, ContentOptions.of(DigestAlgorithm.SHA512)));
        assertThat(VERIFIER.verify(file).passed()).isTrue();
        assertThat(VERIFIER.verify(file).signatures()).hasSize(2);

        SignatureWriter.remove(file);

        assertThat(file).hasBinaryContent(unsigned);
    }

    /** No byte of the content, which is in front, can be another one. */
    public void noticesFlips(byte[] signed, int covered) throws IOException {
        assertThat(passes(signed)).isTrue();
        for (int i = 0; i < signed.length; i += i < covered ? 1 : 13) {
            byte[] flipped = signed.clone();
            flipped[i] ^= (byte) (1 << i % Byte.SIZE);
            assertThat(passes(flipped) && i < covered).as("flipped byte %d", i).isFalse();
        }
    }

    /** No file that ends too early passes. */
    public void noticesTruncation(byte[] signed) throws IOException {
        for (int length = 0; length < signed.length; length += length < 100 ? 1 : 13) {
            assertThat(passes(Arrays.copyOf(signed, length)))
                    .as("cut to %d", length)
                    .isFalse();
        }
        assertThat(passes(Arrays.copyOf(signed, signed.length - 1))).isFalse();
    }

    /** Whether a file passes verification; a refusal must be one for bad data. */
    public boolean passes(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try {
            return VERIFIER.verify(file).passed();
        } catch (HsmException e) {
            assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.DATA_INVALID);
            return false;
        } catch (UnrecognizedFormatException e) {
            return false;
        }
    }
}
