package org.cofferhsm.signtool.format.pe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.file.UnrecognizedFormatException;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.testing.TinyPe;
import org.cofferhsm.signtool.testing.Trial;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeFileTest {

    @TempDir
    private Path directory;

    private Path file;
    private Trial trial;

    @BeforeEach
    void name() {
        file = directory.resolve("tiny.exe");
        trial = new Trial(file);
    }

    private byte[] signed() throws IOException {
        TinyPe.withOverlay(5).write(file);
        SignatureWriter.replace(
                file,
                Trial.SIGNER.signature(
                        file, ContentOptions.of(DigestAlgorithm.SHA256).withPageHashes()));
        return Files.readAllBytes(file);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 1000})
    void givesBackEveryByteOfAnUnsignedFile(int overlay) throws IOException {
        byte[] before =
                TinyPe.withOverlay(overlay).with(TinyPe.CHECKSUM, 0x12345678).bytes();

        trial.givesBack(before);
    }

    @Test
    void givesBackTheZerosAtTheEndThatWereThereBefore() throws IOException {
        byte[] before = Arrays.copyOf(TinyPe.withOverlay(0).bytes(), 1024 + 3);
        Files.write(file, before);

        Trial.SIGNER.signInPlace(file);
        SignatureWriter.remove(file);

        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void signsTheSameFileToTheSameBytes() throws IOException {
        byte[] first = trial.signed(TinyPe.withOverlay(3).bytes());

        assertThat(Trial.SIGNER.signInPlace(file)).hasBinaryContent(first);
    }

    @Test
    void writesTheChecksumOfTheWholeFile() throws IOException {
        byte[] signed = signed();
        ByteBuffer image = ByteBuffer.wrap(signed).order(ByteOrder.LITTLE_ENDIAN);
        int written = image.getInt(TinyPe.CHECKSUM);

        image.putInt(TinyPe.CHECKSUM, 0);

        long sum = 0;
        for (int i = 0; i < signed.length; i += 2) {
            sum += image.getShort(i) & 0xffff;
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        assertThat(written).isEqualTo((int) (sum + signed.length));
    }

    @Test
    void noticesEveryFlippedByteThatIsCovered() throws IOException {
        byte[] signed = signed();
        int table = 1032;
        assertThat(trial.passes(signed)).isTrue();

        for (int i = 0; i < signed.length; i += i < 512 || i >= table ? 1 : 13) {
            byte[] flipped = signed.clone();
            flipped[i] ^= (byte) (1 << (i % 8));
            boolean passes = trial.passes(flipped);
            boolean covered = i < table && (i < TinyPe.CHECKSUM || i >= TinyPe.CHECKSUM + 4);
            assertThat(passes && covered).as("flipped byte %d", i).isFalse();
        }
    }

    @Test
    void neverAcceptsATruncatedFile() throws IOException {
        byte[] signed = signed();

        for (int length = 0; length < signed.length; length += length < 400 ? 1 : 7) {
            assertThat(trial.passes(Arrays.copyOf(signed, length)))
                    .as("cut to %d", length)
                    .isFalse();
        }
    }

    static Stream<TinyPe> hostile() {
        return Stream.of(
                TinyPe.withOverlay(0).withShort(TinyPe.SECTIONS, 0xffff),
                TinyPe.withOverlay(0).withShort(TinyPe.OPTIONAL_SIZE, 0),
                TinyPe.withOverlay(0).withShort(TinyPe.OPTIONAL_SIZE, 100),
                TinyPe.withOverlay(0).withShort(TinyPe.OPTIONAL_SIZE, 0xffff),
                TinyPe.withOverlay(0).withShort(TinyPe.OPTIONAL, 0x107),
                TinyPe.withOverlay(0).with(TinyPe.HEADERS, -1),
                TinyPe.withOverlay(0).with(TinyPe.HEADERS, 10),
                TinyPe.withOverlay(0).with(TinyPe.DIRECTORIES, 4),
                TinyPe.withOverlay(0).with(TinyPe.SECTION + 16, -1),
                TinyPe.withOverlay(0).with(TinyPe.SECTION + 20, -1),
                TinyPe.withOverlay(0).with(TinyPe.SECTION + 16, 513),
                TinyPe.withOverlay(0).with(TinyPe.CERTIFICATES, 1024).with(TinyPe.CERTIFICATES + 4, 8),
                TinyPe.withOverlay(0).with(TinyPe.CERTIFICATES, -8).with(TinyPe.CERTIFICATES + 4, 8),
                TinyPe.withOverlay(8).with(TinyPe.CERTIFICATES, 1024).with(TinyPe.CERTIFICATES + 4, -1),
                TinyPe.withOverlay(0).with(TinyPe.CERTIFICATES, 0).with(TinyPe.CERTIFICATES + 4, 8),
                TinyPe.withOverlay(0).with(TinyPe.CERTIFICATES, 1000).with(TinyPe.CERTIFICATES + 4, 24));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void refusesHostileHeaders(TinyPe image) throws IOException {
        image.write(file);

        assertRefused(Reason.DATA_INVALID, () -> Trial.SIGNER.signInPlace(file)).hasMessageContaining("tiny.exe");

        assertThat(file).hasBinaryContent(image.bytes());
    }

    static Stream<TinyPe> hostileTables() {
        TinyPe[] tables = {
            table(7), table(-1), table(17), table(8).with(1032, 9), table(16).with(1028, 0x20200)
        };
        return Stream.of(tables);
    }

    private static TinyPe table(int entry) {
        return TinyPe.withOverlay(16)
                .with(TinyPe.CERTIFICATES, 1024)
                .with(TinyPe.CERTIFICATES + 4, 16)
                .with(1024, entry)
                .with(1028, 0x20200)
                .with(1032, 0)
                .with(1036, 0);
    }

    @ParameterizedTest
    @MethodSource("hostileTables")
    void refusesHostileCertificateTables(TinyPe image) throws IOException {
        image.write(file);

        assertRefused(Reason.DATA_INVALID, () -> Trial.VERIFIER.verify(file));
    }

    /** An entry ends where it says, the next one begins at a multiple of eight. */
    @Test
    void noticesDataThatFillsUpAnEntryOfTheCertificateTable() throws IOException {
        byte[] signed = signed();
        ByteBuffer image =
                ByteBuffer.wrap(Arrays.copyOf(signed, signed.length + 8)).order(ByteOrder.LITTLE_ENDIAN);
        int table = image.getInt(TinyPe.CERTIFICATES);
        image.putInt(TinyPe.CERTIFICATES + 4, signed.length + 8 - table).putInt(table, signed.length + 1 - table);
        assertThat(trial.passes(image.array())).isTrue();

        image.put(signed.length + 7, (byte) 1);

        assertThat(trial.passes(image.array())).isFalse();
    }

    /** The certificate table is not signed; a section table in it could be replaced. */
    @Test
    void refusesASectionTableBehindWhatIsSigned() throws IOException {
        byte[] image = TinyPe.withOverlay(0)
                .withShort(TinyPe.OPTIONAL_SIZE, 2000 - TinyPe.OPTIONAL)
                .with(TinyPe.CERTIFICATES, 1024)
                .with(TinyPe.CERTIFICATES + 4, 1024)
                .bytes();
        Files.write(file, Arrays.copyOf(image, 2048));

        assertRefused(Reason.DATA_INVALID, () -> OpenFile.read(file)).hasMessageContaining("section table");
    }

    @Test
    void refusesATableThatNobodyCouldRead() throws IOException {
        byte[] huge = Arrays.copyOf(
                TinyPe.withOverlay(0)
                        .with(TinyPe.CERTIFICATES, 1024)
                        .with(TinyPe.CERTIFICATES + 4, 20_000_000)
                        .bytes(),
                20_001_024);
        Files.write(file, huge);

        assertRefused(Reason.DATA_INVALID, () -> Trial.VERIFIER.verify(file)).hasMessageContaining("20000000");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 256, -4096, 1 << 30})
    void refusesPageHashesForPagesThatNobodyHas(int page) throws IOException {
        TinyPe.withOverlay(0).with(TinyPe.PAGE, page).write(file);
        ContentOptions options = ContentOptions.of(DigestAlgorithm.SHA256).withPageHashes();

        assertRefused(Reason.DATA_INVALID, () -> {
            try (OpenFile open = OpenFile.read(file)) {
                open.content().content(options);
            }
        });
    }

    /** Every section fills up a page in memory: many small ones of large pages would be hashed for hours. */
    @Test
    void refusesPageHashesForMuchMoreThanTheFileHas() throws IOException {
        int count = 4000;
        ByteBuffer image = ByteBuffer.wrap(Arrays.copyOf(
                        TinyPe.withOverlay(0).with(TinyPe.PAGE, 1 << 20).bytes(), TinyPe.SECTION + count * 41))
                .order(ByteOrder.LITTLE_ENDIAN);
        image.putShort(TinyPe.SECTIONS, (short) count);
        for (int i = 0; i < count; i++) {
            image.putInt(TinyPe.SECTION + i * 40 + 16, 1).putInt(TinyPe.SECTION + i * 40 + 20, i + 1);
        }
        Files.write(file, image.array());
        ContentOptions options = ContentOptions.of(DigestAlgorithm.SHA256).withPageHashes();

        assertRefused(Reason.DATA_INVALID, () -> {
            try (OpenFile open = OpenFile.read(file)) {
                open.content().content(options);
            }
        });
    }

    @Test
    void doesNotTakeAProgramForDosForAnImage() throws IOException {
        TinyPe.withOverlay(0).with(60, 4000).write(file);

        assertThat(catchThrowable(() -> OpenFile.read(file)))
                .isInstanceOf(UnrecognizedFormatException.class)
                .hasMessageContaining("tiny.exe");
    }
}
