package org.cofferhsm.signtool.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.file.UnrecognizedFormatException;
import org.cofferhsm.signtool.format.ContentOptions;

/**
 * What a fuzz test does to a file: it reads, describes, verifies and rewrites it, which ends in a value or in a refusal.
 *
 * @param extension of the file's name
 * @param options for its content
 * @param refusals the reasons for which it may be refused
 * @param growth how many bytes it may be longer without its signature
 */
public record Survival(String extension, ContentOptions options, Set<Reason> refusals, long growth) {

    /** A cabinet, whatever it is called, may get back the zeros of its reserve. */
    private static final long LARGEST_RESERVE = (1 << 16) + 4;

    /** Of a file that is refused for bad data only. */
    public static Survival of(String extension) {
        ContentOptions options = ContentOptions.of(DigestAlgorithm.SHA256);
        return new Survival(extension, options, Set.of(Reason.DATA_INVALID), LARGEST_RESERVE);
    }

    /** The same, where hashes of pages are asked for. */
    public Survival withPageHashes() {
        return new Survival(extension, options.withPageHashes(), refusals, growth);
    }

    /** The same, where a digest may be refused that does not fit what the file says. */
    public Survival mayRefuseTheDigest() {
        return new Survival(extension, options, Set.of(Reason.DATA_INVALID, Reason.ARGUMENT_INVALID), growth);
    }

    /** The same, with another limit. */
    public Survival mayGrowBy(long bytes) {
        return new Survival(extension, options, refusals, bytes);
    }

    /** A seed: this file, signed. */
    public byte[] signed(byte[] unsigned) throws IOException {
        Path file = Files.createTempFile("seed", extension);
        try {
            Files.write(file, unsigned);
            SignatureWriter.replace(file, Trial.SIGNER.signature(file, options));
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    /** Whatever these bytes are. */
    public void survives(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("fuzz", extension);
        Path target = Files.createTempFile("fuzz", ".new");
        try {
            Files.write(file, bytes);
            use(file, target);
        } catch (HsmException e) {
            assertThat(e.reason()).as(e.getMessage()).isIn(refusals);
        } catch (UnrecognizedFormatException e) {
            assertThat(e).hasMessageContaining(file.toString());
        } finally {
            Files.delete(file);
            Files.delete(target);
        }
    }

    private void use(Path file, Path target) throws IOException {
        try (OpenFile open = OpenFile.read(file);
                FileChannel unsigned = FileChannel.open(target, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            assertThat(Trial.VERIFIER.verify(open).format()).isNotEmpty();
            assertThat(open.content().content(options).encoded().length()).isPositive();
            open.content().writeUnsigned(unsigned);
            assertThat(unsigned.size()).isLessThanOrEqualTo(open.source().size() + growth);
        }
    }
}
