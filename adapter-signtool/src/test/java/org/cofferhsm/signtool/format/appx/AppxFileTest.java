package org.cofferhsm.signtool.format.appx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipOutputStream;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.file.UnrecognizedFormatException;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.format.Source;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.testing.TinyPackage;
import org.cofferhsm.signtool.testing.Trial;
import org.cofferhsm.signtool.verify.FileVerification;
import org.cofferhsm.signtool.verify.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AppxFileTest {
    private static final TestSigner SIGNER = Trial.ROOT.issueForCode(TestCertificate.ec("secp256r1"));

    @TempDir
    private Path directory;

    private Path file;
    private Trial trial;

    @BeforeEach
    void name() {
        file = directory.resolve("tiny.msix");
        trial = new Trial(file);
    }

    static Stream<TinyPackage> packages() {
        byte[] catalog = new byte[100];
        byte[] named = ("<Types><Override ContentType=\"application/vnd.ms-appx.signature\""
                        + " PartName='/AppxSignature.p7x' /></Types>")
                .getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                TinyPackage.app(),
                TinyPackage.app().withZip64(),
                TinyPackage.app().withContentTypesFirst(),
                TinyPackage.app().withContentTypesFirst().withZip64(),
                TinyPackage.app()
                        .with("AppxMetadata/CodeIntegrity.cat", catalog)
                        .withZip64(),
                TinyPackage.app().with("[Content_Types].xml", named).withZip64(),
                TinyPackage.bundle().withZip64());
    }

    @ParameterizedTest
    @MethodSource("packages")
    void givesBackEveryByteOfAnUnsignedPackage(TinyPackage made) throws IOException {
        byte[] before = made.bytes();
        Files.write(file, before);

        SIGNER.signInPlace(file);
        byte[] once = Files.readAllBytes(file);
        assertThat(Trial.VERIFIER.verify(file).signatures())
                .singleElement()
                .satisfies(one -> assertThat(one.problems()).isEmpty());
        SIGNER.signInPlace(file);
        SignatureWriter.append(file, SIGNER.signature(file, ContentOptions.of(DigestAlgorithm.SHA256)));
        assertThat(Trial.VERIFIER.verify(file).passed()).isTrue();
        assertThat(Files.size(file)).isGreaterThan(once.length);
        SignatureWriter.remove(file);

        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void signsTheSamePackageToTheSameBytes() throws IOException {
        byte[] first = trial.signed(TinyPackage.app().withZip64().bytes());

        assertThat(Trial.SIGNER.signInPlace(file)).hasBinaryContent(first);
    }

    @ParameterizedTest
    @EnumSource(
            value = DigestAlgorithm.class,
            names = {"SHA1", "SHA384", "SHA512"})
    void refusesADigestThatIsNotTheBlockMaps(DigestAlgorithm digest) throws IOException {
        byte[] before = Files.readAllBytes(TinyPackage.app().write(file));

        assertRefused(Reason.ARGUMENT_INVALID, () -> SIGNER.signature(file, ContentOptions.of(digest)))
                .hasMessageContaining("0x8007000B")
                .hasMessageContaining("/fd sha256");

        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void takesTheBlockMapsDigest() throws IOException {
        TinyPackage.app().hashedBy("http://www.w3.org/2001/04/xmlenc#sha512").write(file);

        SignatureWriter.replace(file, SIGNER.signature(file, ContentOptions.of(DigestAlgorithm.SHA512)));

        assertThat(Trial.VERIFIER.verify(file).passed()).isTrue();
    }

    @Test
    void refusesABlockMapWithAnUnknownDigest() throws IOException {
        TinyPackage.app().hashedBy("http://www.w3.org/2000/09/xmldsig#sha1").write(file);

        assertRefused(Reason.DATA_INVALID, () -> SIGNER.signInPlace(file)).hasMessageContaining("HashMethod");
    }

    @Test
    void refusesASecondSignatureBesideTheFirst() throws IOException {
        TinyPackage.app().write(file);
        Octets one = Octets.of(SIGNER.signature(file, ContentOptions.of(DigestAlgorithm.SHA256))
                .encoded());

        assertRefused(Reason.ARGUMENT_INVALID, () -> {
            try (OpenFile open = OpenFile.read(file)) {
                open.content().writeSigned(List.of(one, one), FileChannel.open(file));
            }
        });
    }

    private byte[] signed() throws IOException {
        TinyPackage.app().withZip64().write(file);
        return Files.readAllBytes(SIGNER.signInPlace(file));
    }

    @Test
    void noticesEveryFlippedByteThatIsCovered() throws IOException {
        byte[] signed = signed();
        boolean[] covered = covered();
        assertThat(trial.passes(signed)).isTrue();

        for (int i = 0; i < signed.length; i++) {
            byte[] flipped = signed.clone();
            flipped[i] ^= (byte) (1 << (i % 8));
            boolean passes = trial.passes(flipped);
            assertThat(passes && covered[i]).as("flipped byte %d", i).isFalse();
        }
    }

    /** All but the signature, its entry, and the numbers of disks. */
    private boolean[] covered() throws IOException {
        try (OpenFile open = OpenFile.read(file)) {
            Source source = open.source();
            ZipDirectory zip = ZipDirectory.read(source);
            ZipEntry signature = zip.require(PackageFile.SIGNATURE);
            boolean[] covered = new boolean[(int) source.size()];
            int entry = (int) (zip.end().start() + zip.end().size())
                    - signature.header().length();
            Arrays.fill(covered, 0, (int) signature.offset(), true);
            Arrays.fill(covered, (int) zip.end().start(), entry, true);
            Arrays.fill(covered, covered.length - ZipEnd.BYTES + 8, covered.length, true);
            return covered;
        }
    }

    @Test
    void neverAcceptsATruncatedPackage() throws IOException {
        byte[] signed = signed();

        for (int length = 0; length < signed.length; length += 3) {
            assertThat(trial.passes(Arrays.copyOf(signed, length)))
                    .as("cut to %d", length)
                    .isFalse();
        }
    }

    @Test
    void noticesDataBehindTheSignatureInItsFile() throws IOException {
        TinyPackage.app().write(file);
        AuthenticodeSignature signature = SIGNER.signature(file, ContentOptions.of(DigestAlgorithm.SHA256));
        byte[] encoded = signature.encoded();
        byte[] more = Arrays.copyOf(encoded, encoded.length + 4);
        more[more.length - 1] = 1;
        Path hidden = directory.resolve("hidden.msix");

        try (OpenFile open = OpenFile.read(file);
                FileChannel target = FileChannel.open(
                        hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            open.content().writeSigned(List.of(Octets.of(more)), target);
        }

        FileVerification result = Trial.VERIFIER.verify(hidden);
        assertThat(result.passed()).isFalse();
        assertThat(result.signatures().get(0).problems())
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.UNCOVERED_DATA);
    }

    /** Signing adds to the content types; who takes that out again, and hides something there, changes the package. */
    @Test
    void noticesContentTypesThatAreNotTheSignedOnes() throws IOException {
        TinyPackage.app().write(file);
        AuthenticodeSignature signature = SIGNER.signature(file, ContentOptions.of(DigestAlgorithm.SHA256));
        Path forged = directory.resolve("forged.msix");

        try (OpenFile open = OpenFile.read(file);
                FileChannel target = FileChannel.open(
                        forged, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ZipDirectory zip = ZipDirectory.read(open.source());
            PackageBody body = PackageBody.of(open.source(), zip).withDisks(0);
            StoredData stored = PackageSignature.stored(Octets.of(signature.encoded()));
            ZipEntry entry = zip.require(PackageFile.CONTENT_TYPES).stored(stored, body.length() + 1000);
            body.pass(target::write);
            target.write(ByteBuffer.allocate(1000).put(0, (byte) 1));
            target.write(ByteBuffer.wrap(entry.localHeader()));
            target.write(ByteBuffer.wrap(stored.content()));
            target.write(ByteBuffer.wrap(body.directory().with(entry).encoded(target.size())));
        }

        assertThat(Trial.VERIFIER.verify(forged).signatures())
                .singleElement()
                .satisfies(
                        one -> assertThat(one.has(Problem.Kind.DIGEST_MISMATCH)).isTrue());
    }

    @Test
    void refusesABombInsteadOfUnpackingIt() throws IOException {
        TinyPackage.app()
                .with("[Content_Types].xml", new byte[5 << 20])
                .withZip64()
                .write(file);

        assertRefused(Reason.DATA_INVALID, () -> SIGNER.signInPlace(file)).hasMessageContaining("5242880 bytes");
    }

    @Test
    void stopsUnpackingWhatIsLargerThanPromised() throws IOException {
        byte[] bytes = TinyPackage.app()
                .with("[Content_Types].xml", new byte[1_193_047])
                .bytes();
        ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < bytes.length - 4; i++) {
            if (zip.getInt(i) == 1_193_047) {
                zip.putInt(i, 1000);
            }
        }
        Files.write(file, bytes);

        assertRefused(Reason.DATA_INVALID, () -> SIGNER.signInPlace(file)).hasMessageContaining("more than");
    }

    @Test
    void refusesTwoFilesOfOneName() throws IOException {
        byte[] bytes =
                TinyPackage.app().with("[Content_Types].xmX", new byte[1]).bytes();
        String text =
                new String(bytes, StandardCharsets.ISO_8859_1).replace("[Content_Types].xmX", "[Content_Types].xml");
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));

        // Not even taken for a package: nobody can tell which one it would be.
        assertThat(catchThrowable(() -> SIGNER.signInPlace(file))).isInstanceOf(UnrecognizedFormatException.class);
    }

    @Test
    void ignoresARestorationThatDoesNotFit() throws IOException {
        TinyPackage.app().write(file);
        Octets other = new AppxRestoration(7, Octets.of(new byte[40]), Octets.of(new byte[60])).encoded();
        SignatureWriter.replace(
                file,
                SIGNER.signature(file, ContentOptions.of(DigestAlgorithm.SHA256))
                        .withRestoration(other));
        SignatureWriter.change(file, signature -> signature.withRestoration(other));

        SignatureWriter.remove(file);

        assertThat(Trial.VERIFIER.verify(file).isSigned()).isFalse();
        SIGNER.signInPlace(file);
        assertThat(Trial.VERIFIER.verify(file).passed()).isTrue();
    }

    @Test
    void leavesOtherArchivesAlone() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new java.util.zip.ZipEntry("a"));
        }

        assertThat(catchThrowable(() -> OpenFile.read(file))).isInstanceOf(UnrecognizedFormatException.class);
    }
}
