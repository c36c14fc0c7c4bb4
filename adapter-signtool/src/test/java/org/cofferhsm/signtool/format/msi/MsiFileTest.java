package org.cofferhsm.signtool.format.msi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jsign.poi.poifs.filesystem.DocumentEntry;
import net.jsign.poi.poifs.filesystem.DocumentInputStream;
import net.jsign.poi.poifs.filesystem.Entry;
import net.jsign.poi.poifs.filesystem.POIFSFileSystem;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.file.UnrecognizedFormatException;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.testing.TinyMsi;
import org.cofferhsm.signtool.testing.Trial;
import org.cofferhsm.signtool.verify.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MsiFileTest {
    private static final TestSigner SIGNER = Trial.ROOT.issueForCode(TestCertificate.ec("secp256r1"));
    private static final TestSigner BIG = Trial.ROOT.issueForCode(TestCertificate.rsa(4096));
    private static final ContentOptions SHA256 = ContentOptions.of(DigestAlgorithm.SHA256);

    @TempDir
    private Path directory;

    private Path file;
    private Trial trial;

    @BeforeEach
    void name() {
        file = directory.resolve("tiny.msi");
        trial = new Trial(file);
    }

    static Stream<TinyMsi> databases() {
        return Stream.of(
                TinyMsi.version(3),
                TinyMsi.version(4),
                TinyMsi.withoutShortStreams(3),
                TinyMsi.withoutShortStreams(4),
                TinyMsi.sample(3),
                TinyMsi.sample(4),
                TinyMsi.sample(3).with("A stream that is long", TinyMsi.pattern(64 * 1024)),
                TinyMsi.sample(3).with("Exactly full FAT stream", TinyMsi.pattern(512 * 102)),
                // The FAT's 110th sector does not fit into the header, the 237th needs a second sector of the DIFAT.
                TinyMsi.sample(3).with("Before the header is full", TinyMsi.pattern(7_112_000)),
                TinyMsi.sample(3).with("Header is full, and DIFAT", TinyMsi.pattern(8_000_000)),
                TinyMsi.sample(3).with("DIFAT is full, another comes", TinyMsi.pattern(15_400_000)));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void givesBackEveryByteOfAnUnsignedDatabase(TinyMsi made) throws IOException {
        byte[] before = made.bytes();
        Files.write(file, before);
        Map<String, Octets> streams = streams();

        SIGNER.signInPlace(file);
        assertThat(Trial.VERIFIER.verify(file).signatures())
                .singleElement()
                .satisfies(one -> assertThat(one.problems()).isEmpty());
        Map<String, Octets> signed = streams();
        assertThat(signed.remove(SignatureStreams.PRE_HASH)).isNotNull();
        assertThat(signed.remove(SignatureStreams.SIGNATURE)).isNotNull();
        assertThat(signed).isEqualTo(streams);
        BIG.signInPlace(file);
        for (int i = 0; i < 3; i++) {
            SignatureWriter.append(file, BIG.signature(file, SHA256));
        }
        assertThat(Trial.VERIFIER.verify(file).passed()).isTrue();
        assertThat(streams().get(SignatureStreams.SIGNATURE).length()).isGreaterThan(CompoundFile.MINI_CUTOFF);
        SignatureWriter.remove(file);

        assertThat(Files.mismatch(file, Files.write(directory.resolve("before"), before)))
                .isEqualTo(-1);
    }

    /** The streams in the root as Apache POI sees them. */
    private Map<String, Octets> streams() throws IOException {
        Map<String, Octets> streams = new TreeMap<>();
        try (POIFSFileSystem poi = new POIFSFileSystem(file.toFile(), true)) {
            for (Entry entry : poi.getRoot()) {
                if (entry instanceof DocumentEntry document) {
                    try (DocumentInputStream in = new DocumentInputStream(document)) {
                        streams.put(entry.getName(), Octets.of(in.readAllBytes()));
                    }
                }
            }
        }
        return streams;
    }

    @Test
    void signsTheSameDatabaseToTheSameBytes() throws IOException {
        TinyMsi.sample(3).write(file);
        byte[] first = Files.readAllBytes(BIG.signInPlace(file));

        assertThat(BIG.signInPlace(file)).hasBinaryContent(first);
    }

    @Test
    void signsTheContentAloneWhereThatIsAskedFor() throws IOException {
        byte[] before = Files.readAllBytes(TinyMsi.sample(3).write(file));

        MsiSamples.signWithoutPreHash(SIGNER, file);

        assertThat(streams()).containsKey(SignatureStreams.SIGNATURE).doesNotContainKey(SignatureStreams.PRE_HASH);
        assertThat(Trial.VERIFIER.verify(file).passed()).isTrue();
        SignatureWriter.remove(file);
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void refusesANestedSignatureThatThePreHashCannotServe() throws IOException {
        TinyMsi.sample(3).write(file);
        byte[] signed = Files.readAllBytes(SIGNER.signInPlace(file));
        AuthenticodeSignature other = SIGNER.signature(file, ContentOptions.of(DigestAlgorithm.SHA512));

        assertRefused(Reason.ARGUMENT_INVALID, () -> SignatureWriter.append(file, other))
                .hasMessageContaining("sha256");

        assertThat(file).hasBinaryContent(signed);
    }

    private byte[] signed() throws IOException {
        TinyMsi.sample(3).write(file);
        return Files.readAllBytes(SIGNER.signInPlace(file));
    }

    @Test
    void noticesEveryFlippedByteOfItsStreams() throws IOException {
        byte[] signed = signed();
        assertThat(trial.passes(signed)).isTrue();
        int streams = 512 + 5000 + 4096; // the long streams come first

        for (int i = 512; i < streams; i += 13) {
            byte[] flipped = signed.clone();
            flipped[i] ^= (byte) (1 << (i % 8));
            boolean slack = i >= 512 + 5000 && i < 512 + 5120;
            assertThat(trial.passes(flipped)).as("flipped byte %d", i).isEqualTo(slack);
        }
    }

    @Test
    void noticesNamesSizesStatesAndTimesByThePreHash() throws IOException {
        byte[] signed = signed();
        try (OpenFile open = OpenFile.read(file)) {
            CompoundFile compound = CompoundFile.read(open.source());
            for (DirectoryEntry entry : compound.entries().subList(1, 4)) {
                for (int field : new int[] {0, 80, 96, 100, 108, DirectoryEntry.SIZE}) {
                    byte[] flipped = signed.clone();
                    flipped[(int) entry.at() + field] ^= 1;
                    boolean classOfStream = field == 80 && entry.isStream();
                    boolean sizeOfStorage = field == DirectoryEntry.SIZE && !entry.isStream();
                    assertThat(trial.passes(flipped))
                            .as("entry %d, field %d", entry.id(), field)
                            .isEqualTo(classOfStream || sizeOfStorage);
                }
            }
        }
    }

    @Test
    void survivesEveryFlippedByte() throws IOException {
        byte[] signed = signed();

        for (int i = 0; i < signed.length; i += i < 512 ? 1 : 23) {
            byte[] flipped = signed.clone();
            flipped[i] ^= (byte) 0x80;
            assertThat(trial.passes(flipped)).as("flipped byte %d", i).isIn(true, false);
        }
    }

    @Test
    void neverAcceptsATruncatedDatabase() throws IOException {
        byte[] signed = signed();
        int end = signed.length;
        while (signed[end - 1] == 0) {
            end--; // what fills the last sector is nobody's
        }

        for (int length = 0; length < end; length += length < 600 ? 1 : 31) {
            assertThat(trial.passes(Arrays.copyOf(signed, length)))
                    .as("cut to %d", length)
                    .isFalse();
        }
    }

    @Test
    void noticesAnArchiveAppendedToASignedDatabase() throws IOException {
        signed();
        Files.write(file, new byte[] {'P', 'K', 5, 6}, StandardOpenOption.APPEND);

        assertThat(Trial.VERIFIER.verify(file).signatures().get(0).problems())
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.UNCOVERED_DATA);
    }

    /** The FAT is not signed: it may call a sector used to which no stream leads. */
    @Test
    void noticesAnAppendedArchiveThatTheFatCallsUsed() throws IOException {
        byte[] signed = signed();
        ByteBuffer more =
                ByteBuffer.wrap(Arrays.copyOf(signed, signed.length + 512)).order(ByteOrder.LITTLE_ENDIAN);
        more.put(signed.length, new byte[] {'P', 'K', 5, 6});
        try (OpenFile open = OpenFile.read(file)) {
            int sector = signed.length / 512 - 1;
            more.putInt((int) CompoundFile.read(open.source()).fat().entryOffset(sector), Sectors.END_OF_CHAIN);
        }
        Files.write(file, more.array());

        assertThat(Trial.VERIFIER.verify(file).signatures().get(0).problems())
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.UNCOVERED_DATA);
    }

    /** No signature covers the stream that holds it, so a second one of that name could hold anything. */
    @Test
    void refusesTwoStreamsOfOneName() throws IOException {
        TinyMsi.sample(3).write(file);
        MsiSamples.signWithoutPreHash(SIGNER, file);
        byte[] signature = streams().get(SignatureStreams.SIGNATURE).toByteArray();
        TinyMsi twice = with(signature).with(SignatureStreams.SIGNATURE, new byte[100]);

        assertThat(trial.passes(with(signature).bytes())).isTrue();
        assertThat(trial.passes(twice.bytes())).isFalse();
    }

    @Test
    void noticesThatThePreHashWasTakenOutOrPutIn() throws IOException {
        signed();
        byte[] extended = streams().get(SignatureStreams.SIGNATURE).toByteArray();
        byte[] preHash = streams().get(SignatureStreams.PRE_HASH).toByteArray();
        TinyMsi.sample(3).write(file);
        MsiSamples.signWithoutPreHash(SIGNER, file);
        byte[] plain = streams().get(SignatureStreams.SIGNATURE).toByteArray();

        assertThat(trial.passes(
                        with(extended).with(SignatureStreams.PRE_HASH, preHash).bytes()))
                .isTrue();
        assertThat(trial.passes(with(plain).bytes())).isTrue();
        assertThat(trial.passes(with(extended).bytes())).isFalse();
        assertThat(trial.passes(
                        with(plain).with(SignatureStreams.PRE_HASH, preHash).bytes()))
                .isFalse();
    }

    private static TinyMsi with(byte[] signature) {
        return TinyMsi.sample(3).with(SignatureStreams.SIGNATURE, signature);
    }

    @Test
    void noticesAPreHashThatIsNotTheDatabases() throws IOException {
        byte[] signed = signed();
        byte[] preHash = streams().get(SignatureStreams.PRE_HASH).toByteArray();
        int at = 0;
        while (!Arrays.equals(signed, at, at + preHash.length, preHash, 0, preHash.length)) {
            at++;
        }
        signed[at] ^= 1;

        assertThat(trial.passes(signed)).isFalse();
    }

    /** What is wrong with a compound file, told by the bytes of a sound one. */
    private record Damage(String what, Consumer<ByteBuffer> done) {
        private static int fat(ByteBuffer file) {
            return 512 + 512 * file.getInt(CompoundHeader.DIFAT);
        }

        private static int directory(ByteBuffer file) {
            return 512 + 512 * file.getInt(CompoundHeader.DIRECTORY_START);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Damage> damages() {
        return Stream.of(
                new Damage("a stream in a circle", file -> file.putInt(Damage.fat(file) + 4, 0)),
                new Damage("a stream that runs into another", file -> file.putInt(Damage.fat(file), 12)),
                new Damage("a stream beyond the file", file -> file.putInt(Damage.fat(file), 60_000)),
                new Damage("a stream that ends early", file -> file.putInt(Damage.fat(file), -2)),
                new Damage("a directory in a circle", file -> {
                    int sector = file.getInt(CompoundHeader.DIRECTORY_START);
                    file.putInt(Damage.fat(file) + 4 * sector, sector);
                }),
                new Damage(
                        "a FAT that is part of itself",
                        file -> file.putInt(CompoundHeader.FAT_COUNT, 2)
                                .putInt(CompoundHeader.DIFAT + 4, file.getInt(CompoundHeader.DIFAT))),
                new Damage("an absurd FAT", file -> file.putInt(CompoundHeader.FAT_COUNT, Integer.MAX_VALUE)),
                new Damage("a DIFAT that is not there", file -> file.putInt(CompoundHeader.FAT_COUNT, 20)),
                new Damage("a mini FAT in a circle", file -> {
                    int sector = file.getInt(CompoundHeader.MINI_FAT_START);
                    file.putInt(Damage.fat(file) + 4 * sector, sector);
                }),
                new Damage("a short stream in a circle", file -> {
                    int sector = file.getInt(CompoundHeader.MINI_FAT_START);
                    file.putInt(512 + 512 * sector, 0);
                }),
                new Damage("a sibling of its own", file -> file.putInt(Damage.directory(file) + 128 + 68, 1)),
                new Damage("a sibling that is not there", file -> file.putInt(Damage.directory(file) + 128 + 68, 900)),
                new Damage("a storage in itself", file -> file.putInt(Damage.directory(file) + 128 + 76, 1)),
                new Damage("a stream of 4 GB", file -> file.putInt(Damage.directory(file) + 4 * 128 + 120, -1)),
                new Damage("a name without end", file -> file.putShort(Damage.directory(file) + 128 + 64, (short) 400)),
                new Damage("another byte order", file -> file.putShort(28, (short) 0xfeff)),
                new Damage("another size of sectors", file -> file.putShort(26, (short) 4)));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void refusesHostileStructures(Damage damage) throws IOException {
        byte[] bytes = TinyMsi.sample(3).bytes();
        damage.done().accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        Files.write(file, bytes);

        assertRefused(Reason.DATA_INVALID, () -> SIGNER.signInPlace(file));

        assertThat(file).hasBinaryContent(bytes);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 8, 5000, 1 << 20, Long.MAX_VALUE})
    void ignoresARestorationThatDoesNotFit(long size) throws IOException {
        TinyMsi.sample(3).write(file);
        Octets other = new MsiRestoration(size, Map.of(0L, new byte[4], 4000L, new byte[] {-1, -1})).encoded();
        SIGNER.signInPlace(file);
        SignatureWriter.change(file, signature -> signature.withRestoration(other));

        SignatureWriter.remove(file);

        assertThat(Trial.VERIFIER.verify(file).isSigned()).isFalse();
        assertThat(streams()).hasSize(4);
        SIGNER.signInPlace(file);
        assertThat(Trial.VERIFIER.verify(file).passed()).isTrue();
    }

    @Test
    void leavesOtherCompoundFilesAlone() throws IOException {
        byte[] bytes = TinyMsi.sample(3).bytes();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(Damage.directory(buffer) + 80, (byte) 6);
        Files.write(file, bytes);

        assertThat(catchThrowable(() -> OpenFile.read(file))).isInstanceOf(UnrecognizedFormatException.class);
    }
}
