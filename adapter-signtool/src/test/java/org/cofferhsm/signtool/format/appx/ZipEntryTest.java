package org.cofferhsm.signtool.format.appx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.junit.jupiter.api.Test;

class ZipEntryTest {
    private static final long FAR = 5L << 30;
    private static final StoredData DATA =
            new StoredData(PackageFile.SIGNATURE, "abc".getBytes(StandardCharsets.US_ASCII));

    private static ZipEntry near() {
        byte[] header = new byte[ZipEntry.HEADER_BYTES];
        ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putInt(ZipEntry.MARK);
        return ZipEntry.of(Octets.of(header)).stored(DATA, 1000);
    }

    @Test
    void keepsAnOffsetBeyond4GbInItsZip64Field() {
        ZipEntry far = near().stored(DATA, FAR);

        assertThat(far.offset()).isEqualTo(FAR);
        assertThat(far.size()).isEqualTo(3);
        assertThat(far.compressedSize()).isEqualTo(3);
        assertThat(far.isNamed("AppxSignature.p7x")).isTrue();
        assertThat(far.movedBy(-10).offset()).isEqualTo(FAR - 10);
        assertThat(far.header().length()).isEqualTo(near().header().length() + Zip64Fields.OFFSET_ONLY_BYTES);
    }

    @Test
    void hasNoRoomForAnOffsetBeyond4GbWithoutThatField() {
        assertThat(near().movedBy(5).offset()).isEqualTo(1005);

        assertRefused(Reason.ARGUMENT_INVALID, () -> near().movedBy(FAR)).hasMessageContaining("Zip64");
    }

    @Test
    void refusesAnEntryThatPromisesAFieldAndHasNone() {
        byte[] header = near().header().toByteArray();
        ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putInt(42, -1);

        assertRefused(Reason.DATA_INVALID, () -> ZipEntry.of(Octets.of(header))).hasMessageContaining("Zip64");
    }

    @Test
    void refusesADirectoryThatEndsWithinAnEntry() {
        byte[] header = near().header().toByteArray();
        ByteBuffer cut = ByteBuffer.wrap(header, 0, header.length - 1).order(ByteOrder.LITTLE_ENDIAN);

        assertRefused(Reason.DATA_INVALID, () -> ZipEntry.next(cut));
    }
}
