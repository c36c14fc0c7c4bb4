package org.cofferhsm.signtool.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.file.UnrecognizedFormatException;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.verify.VerificationPolicy;
import org.cofferhsm.signtool.verify.Verifier;

/**
 * What every format must stand: signing and removing, changed bytes, files that end too early, and anything at all.
 *
 * @param file where the file is put
 */
public record Trial(Path file) {
    private static final KeyPair RSA = TestCertificate.rsa(2048); // fast to verify, thousands of times

    /** Who signs. */
    public static final TestSigner SIGNER = TestSigner.root("Example Root", RSA)
            .issue(
                    RSA.getPrivate(),
                    TestCertificate.of("Example Releases", RSA.getPublic()).forCode());

    /** Who trusts the signer. */
    public static final Verifier VERIFIER =
            new Verifier(VerificationPolicy.trusting(Set.of(SIGNER.anchor()), Instant.now()));

    private static final ContentOptions OPTIONS = ContentOptions.of(DigestAlgorithm.SHA256);

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

    /** Uses a file in every way that there is; the outcome is a value or DATA_INVALID. */
    public static void survives(byte[] bytes, String extension) throws IOException {
        Path file = Files.createTempFile("fuzz", extension);
        Path target = Files.createTempFile("fuzz", ".new");
        try {
            Files.write(file, bytes);
            use(file, target);
        } catch (HsmException e) {
            assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.DATA_INVALID);
        } catch (UnrecognizedFormatException e) {
            assertThat(e).hasMessageContaining(file.toString());
        } finally {
            Files.delete(file);
            Files.delete(target);
        }
    }

    private static void use(Path file, Path target) throws IOException {
        try (OpenFile open = OpenFile.read(file);
                FileChannel unsigned = FileChannel.open(target, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            assertThat(VERIFIER.verify(open).signatures()).isNotNull();
            assertThat(open.content().content(OPTIONS).encoded().length()).isPositive();
            open.content().writeUnsigned(unsigned);
            // a cabinet may get back the zeros of a reserve
            assertThat(unsigned.size()).isLessThanOrEqualTo(open.source().size() + (1 << 16) + 4);
        }
    }
}
