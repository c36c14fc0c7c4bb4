package org.cofferhsm.hsm.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The secret file, and the addresses that it is for. */
class SecretFileTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void make() {
        file = directory.resolve("coffer.token");
        SecretFile.at(file).wipe();
    }

    @Test
    void isAnotherEachTimeItIsMade() throws Exception {
        String first = Files.readString(file);
        Files.delete(file);
        SecretFile.at(file).wipe();

        assertThat(Files.readString(file)).isNotEqualTo(first);
    }

    @Test
    void mayBeReadByAGroupAndEndInAnyWay() throws Exception {
        Files.writeString(file, "ab".repeat(64) + "\r\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThat(SecretFile.at(file).proof()).hasSize(32).containsOnly(0xab);
    }

    @Test
    void isForgottenWhenWiped() {
        SecretFile secret = SecretFile.at(file);
        secret.wipe();

        assertThat(secret.proof()).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw--w----", "rw-rw----", "rw-----w-"})
    void refusesAFileThatOthersMayReadOrWrite(String permissions) throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertRefused(Reason.ARGUMENT_INVALID, () -> SecretFile.at(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "not hexadecimal"})
    void refusesAFileThatIsNone(String content) throws Exception {
        Files.write(file, content.getBytes(US_ASCII));

        assertRefused(Reason.ARGUMENT_INVALID, () -> SecretFile.at(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0:7353",
                "localhost:7353",
                "127.0.0.2:7353",
                "[::1]:7353",
                "127.0.0.1",
                "127.0.0.1:",
                "127.0.0.1:65536",
                "127.0.0.1:-1",
                "127.0.0.1:7353 ",
                "7353"
            })
    void refusesOtherAddresses(String address) {
        assertRefused(Reason.ARGUMENT_INVALID, () -> TokenAccess.onAddress(address, file));
    }

    @Test
    void takesAnyPortOfThisMachine() {
        assertThat(TokenAccess.onAddress("127.0.0.1:7353", file).port()).isEqualTo(OptionalInt.of(7353));
    }
}
