package org.cofferhsm.tde.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalletFileTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-22T12:34:56.789Z"), ZoneOffset.UTC);

    @TempDir
    Path directory;

    private WalletFile file;

    @BeforeEach
    void name() {
        file = new WalletFile(directory.resolve("ewallet.p12"));
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList().stream();
        }
    }

    @Test
    void isItsOwnersOnlyAndLeavesNothingElseBehind() throws Exception {
        file.create(new byte[] {1, 2});

        assertThat(file.read()).containsExactly(1, 2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        assertThat(names()).containsExactly("ewallet.p12");
    }

    @Test
    void isNeverOverwritten() throws Exception {
        file.create(new byte[] {1});

        assertRefused(Reason.ARGUMENT_INVALID, () -> file.create(new byte[] {2}));
        assertRefused(Reason.ARGUMENT_INVALID, () -> file.put(new byte[] {2}, false, NOON));
        assertThat(file.read()).containsExactly(1);
        assertThat(names()).containsExactly("ewallet.p12");
    }

    @Test
    void keepsWhatItReplacesUnderOraclesName() throws Exception {
        assertThat(file.put(new byte[] {1}, true, NOON)).isEmpty();
        assertThat(file.put(new byte[] {2}, true, NOON)).contains(directory.resolve("ewallet_2026112212345678.p12"));

        assertThat(file.read()).containsExactly(2);
        assertThat(names()).containsExactly("ewallet.p12", "ewallet_2026112212345678.p12");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("ewallet_2026112212345678.p12"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aBackupIsNotOverwrittenEither() {
        file.create(new byte[] {1});
        file.put(new byte[] {2}, true, NOON);

        assertRefused(Reason.ARGUMENT_INVALID, () -> file.put(new byte[] {3}, true, NOON));
        assertThat(file.read()).containsExactly(2);
    }

    @Test
    void refusesWhatIsMissingOrTooLarge() throws Exception {
        assertRefused(Reason.ARGUMENT_INVALID, file::read);
        try (RandomAccessFile large = new RandomAccessFile(file.path().toFile(), "rw")) {
            large.setLength(17L << 20);
        }
        assertRefused(Reason.DATA_INVALID, file::read);
        assertRefused(
                Reason.ARGUMENT_INVALID,
                () -> new WalletFile(directory.resolve("no/such/directory/ewallet.p12")).create(new byte[1]));
    }
}
