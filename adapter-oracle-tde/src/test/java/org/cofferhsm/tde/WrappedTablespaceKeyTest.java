package org.cofferhsm.tde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WrappedTablespaceKeyTest {
    private static final MasterKeyId MASTER = MasterKeyId.ofRandom(new byte[16]);

    private static WrappedTablespaceKey wrapped(TablespaceAlgorithm algorithm) {
        return new WrappedTablespaceKey(MASTER, algorithm, Octets.of(new byte[28 + algorithm.keyBytes()]));
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatItWrote(TablespaceAlgorithm algorithm) {
        WrappedTablespaceKey key = wrapped(algorithm);

        assertThat(WrappedTablespaceKey.decode(key.encode())).isEqualTo(key);
    }

    /** Tablespaces keep these bytes for years: the format of version 1 never changes. */
    @Test
    void hasTheFormatOfVersion1() {
        assertThat(Octets.of(wrapped(TablespaceAlgorithm.AES128).encode()).toHex())
                .isEqualTo("4354534b" + "01" + "06" + "00".repeat(16) + "10" + "00".repeat(44));
    }

    @Test
    void refusesOtherFiles() {
        assertRefused(Reason.WRAPPED_KEY_INVALID, () -> WrappedTablespaceKey.decode("ewallet.p12, say".getBytes()))
                .hasMessageContaining("CTSK");
    }

    @Test
    void refusesAKeyThatEndsEarly() {
        byte[] encoded = wrapped(TablespaceAlgorithm.AES256).encode();

        for (int length = 0; length < encoded.length; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            assertRefused(Reason.WRAPPED_KEY_INVALID, () -> WrappedTablespaceKey.decode(cut));
        }
    }

    @Test
    void refusesAKeyThatIsTooLong() {
        byte[] encoded = wrapped(TablespaceAlgorithm.AES256).encode();

        assertRefused(
                Reason.WRAPPED_KEY_INVALID,
                () -> WrappedTablespaceKey.decode(Arrays.copyOf(encoded, encoded.length + 1)));
    }

    @Test
    void namesAFormatOfTheFuture() {
        byte[] encoded = wrapped(TablespaceAlgorithm.AES256).encode();
        encoded[4] = 2;

        assertRefused(Reason.STORE_VERSION_UNSUPPORTED, () -> WrappedTablespaceKey.decode(encoded))
                .hasMessageContaining("format 2");
    }

    @Test
    void refusesAnyBytesOnlyByItsOwnReasons() {
        Random random = new Random(20261122);
        byte[] valid = wrapped(TablespaceAlgorithm.AES192).encode();
        Set<Reason> expected =
                Set.of(Reason.WRAPPED_KEY_INVALID, Reason.STORE_VERSION_UNSUPPORTED, Reason.DATA_INVALID);

        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = valid.clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 10));
            try {
                WrappedTablespaceKey.decode(cut);
            } catch (HsmException e) {
                assertThat(expected).contains(e.reason());
            }
        }
    }
}
