package org.cofferhsm.tde.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.tde.MasterKeyId;
import org.cofferhsm.tde.TablespaceAlgorithm;
import org.cofferhsm.tde.WrappedTablespaceKey;
import org.junit.jupiter.api.Test;

class HeaderSlotTest {
    private static final MasterKeyId MASTER = new MasterKeyId(Octets.ofHex("06" + "ab".repeat(16)));
    private static final HeaderSlot SLOT = new HeaderSlot(
            new HeaderIdentity(true, Octets.of(new byte[32]), MASTER),
            Octets.of(new byte[64]),
            7,
            new WrappedTablespaceKey(MASTER, TablespaceAlgorithm.AES256, Octets.of(new byte[60])));

    @Test
    void readsWhatItWrote() {
        assertThat(HeaderSlot.decode(SLOT.encode())).contains(SLOT);
    }

    /** Databases keep these bytes for years: the format of version 1 never changes. */
    @Test
    void hasTheFormatOfVersion1() {
        byte[] encoded = SLOT.encode();

        assertThat(encoded).hasSize(4096);
        assertThat(Octets.of(Arrays.copyOf(encoded, 8 + 2 + 32 + 17 + 64 + 8 + 2 + 5))
                        .toHex())
                .isEqualTo("434f464645524832" + "0101" + "00".repeat(32) + "06" + "ab".repeat(16) + "00".repeat(64)
                        + "0000000000000007" + "0053" + "4354534b01");
    }

    @Test
    void isNoSlotWhenAnyOfItsBytesWasAltered() {
        byte[] encoded = SLOT.encode();
        int meaningful = 8 + 2 + 32 + 17 + 64 + 8 + 2 + 83 + 32;

        for (int i = 0; i < meaningful; i++) {
            byte[] altered = encoded.clone();
            altered[i] ^= 1;
            assertThat(HeaderSlot.decode(altered)).isEmpty();
        }
    }

    @Test
    void isNoSlotWhenItWasHalfWritten() {
        byte[] encoded = SLOT.encode();

        for (int length = 0; length < 240; length++) {
            assertThat(HeaderSlot.decode(Arrays.copyOf(Arrays.copyOf(encoded, length), HeaderSlot.BYTES)))
                    .isEmpty();
        }
    }
}
