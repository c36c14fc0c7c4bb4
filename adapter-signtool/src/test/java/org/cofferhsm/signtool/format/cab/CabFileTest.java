package org.cofferhsm.signtool.format.cab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.testing.TinyCab;
import org.cofferhsm.signtool.testing.Trial;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CabFileTest {
    private static final byte[] ROOM = {0, 0, 16, 0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final byte[] APPLICATION = {3, 0, 0, 0, 7, 8, 9, 0};

    @TempDir
    private Path directory;

    private Trial trial;

    @BeforeEach
    void name() {
        trial = new Trial(directory.resolve("tiny.cab"));
    }

    static Stream<TinyCab> cabinets() {
        return Stream.of(
                TinyCab.plain(),
                TinyCab.reserving(0, 0),
                TinyCab.reserving(0, 0, (byte) 0, (byte) 0),
                TinyCab.reserving(0, 0, new byte[20]),
                TinyCab.reserving(0, 0, new byte[6144]),
                TinyCab.reserving(0, 0, ROOM),
                TinyCab.reserving(0, 0, Arrays.copyOf(ROOM, 100)),
                TinyCab.reserving(0, 0, APPLICATION),
                TinyCab.reserving(5, 3, APPLICATION),
                TinyCab.reserving(1, 0));
    }

    @ParameterizedTest
    @MethodSource("cabinets")
    void givesBackEveryByteOfAnUnsignedCabinet(TinyCab cabinet) throws IOException {
        trial.givesBack(cabinet.bytes());
    }

    @ParameterizedTest
    @MethodSource("cabinets")
    void noticesEveryFlippedByteOfTheCabinet(TinyCab cabinet) throws IOException {
        byte[] signed = trial.signed(cabinet.bytes());
        int end = ByteBuffer.wrap(signed).order(ByteOrder.LITTLE_ENDIAN).getInt(TinyCab.SIZE);

        trial.noticesFlips(signed, end);
    }

    /** No signature covers the size of the reserve in each block, but it says where the block's data begin. */
    @ParameterizedTest
    @MethodSource("cabinets")
    void noticesAnotherReserveInTheBlocks(TinyCab cabinet) throws IOException {
        byte[] signed = trial.signed(cabinet.bytes());
        byte honest = signed[TinyCab.RESERVE + 3];

        for (int size = 0; size <= 0xff; size++) {
            signed[TinyCab.RESERVE + 3] = (byte) size;
            assertThat(trial.passes(signed)).as("reserve of %d", size).isEqualTo((byte) size == honest);
        }
    }

    @Test
    void neverAcceptsATruncatedFile() throws IOException {
        trial.noticesTruncation(trial.signed(TinyCab.plain().bytes()));
    }

    @Test
    void noticesDataBehindTheSignature() throws IOException {
        byte[] signed = trial.signed(TinyCab.plain().bytes());
        byte[] longer = Arrays.copyOf(signed, signed.length + 8);
        ByteBuffer header = ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN);
        int size = TinyCab.RESERVE + 4 + 8;
        header.putInt(size, header.getInt(size) + 8);
        assertThat(trial.passes(longer)).isTrue();

        longer[longer.length - 1] = 1;

        assertThat(trial.passes(longer)).isFalse();
    }

    static Stream<TinyCab> hostile() {
        return Stream.of(
                TinyCab.plain().with(TinyCab.RESERVED, 1),
                TinyCab.plain().with(TinyCab.SIZE, -1),
                TinyCab.plain().with(TinyCab.SIZE, 0),
                TinyCab.plain().with(TinyCab.FILES, -1),
                TinyCab.plain().with(TinyCab.FILES, 1),
                TinyCab.plain().withShort(TinyCab.FOLDERS, 0xffff),
                TinyCab.plain().withShort(TinyCab.FOLDERS, 2),
                TinyCab.plain().withFolder(0, 0xffff),
                TinyCab.plain().withFolder(0, 0),
                TinyCab.plain().withFolder(4, 2),
                TinyCab.plain().withFolder(4, 0xffff),
                TinyCab.plain().withBlock(4, 0),
                TinyCab.plain().withBlock(4, 14),
                TinyCab.plain().withBlock(6, 0),
                TinyCab.plain().withBlock(6, 0x8001),
                TinyCab.plain().withFile(0, 14),
                TinyCab.plain().withFile(4, 1),
                TinyCab.plain().withFile(6, 0xffff),
                TinyCab.plain().withFile(8, 1),
                TinyCab.plain().withFile(8, 0xffff),
                TinyCab.plain().withShort(TinyCab.COUNT, 0xffff),
                TinyCab.plain().withShort(TinyCab.FLAGS, 4),
                TinyCab.reserving(0, 0, new byte[20]).withShort(TinyCab.RESERVE, 0xffff),
                TinyCab.reserving(0, 0, new byte[20]).withShort(TinyCab.RESERVE + 4, 17),
                TinyCab.reserving(0, 0, new byte[20]).withShort(TinyCab.RESERVE + 6, 15),
                TinyCab.reserving(0, 0, new byte[20]).withShort(TinyCab.RESERVE + 22, 1),
                TinyCab.reserving(0, 0, (byte) 0, (byte) 1),
                TinyCab.reserving(0, 0, ROOM).with(TinyCab.RESERVE + 12, 1),
                TinyCab.reserving(0, 0, ROOM).with(TinyCab.RESERVE + 12, -1));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void refusesHostileHeaders(TinyCab cabinet) throws IOException {
        Files.write(trial.file(), cabinet.bytes());

        assertRefused(Reason.DATA_INVALID, () -> Trial.SIGNER.signInPlace(trial.file()))
                .hasMessageContaining("tiny.cab");

        assertThat(trial.file()).hasBinaryContent(cabinet.bytes());
    }

    @Test
    void refusesOneVolumeOfSeveral() throws IOException {
        for (int flag : new int[] {1, 2, 3}) {
            Files.write(
                    trial.file(), TinyCab.plain().withShort(TinyCab.FLAGS, flag).bytes());

            assertRefused(Reason.DATA_INVALID, () -> Trial.SIGNER.signInPlace(trial.file()))
                    .hasMessageContaining("volume");
        }
    }

    @Test
    void doesWithoutARestorationThatSomebodyReplaced() throws IOException {
        byte[] unsigned = TinyCab.reserving(0, 0, APPLICATION).bytes();
        trial.signed(unsigned);
        Octets tooSmall = new CabRestoration(4, SignaturePointer.EMPTY).encoded();
        SignatureWriter.change(trial.file(), signature -> signature.withRestoration(tooSmall));

        SignatureWriter.remove(trial.file());

        byte[] smallest = TinyCab.reserving(0, 0, Arrays.copyOf(APPLICATION, 7)).bytes();
        assertThat(trial.file()).hasBinaryContent(smallest);
    }
}
