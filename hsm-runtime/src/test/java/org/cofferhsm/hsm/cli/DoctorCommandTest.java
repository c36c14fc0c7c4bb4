package org.cofferhsm.hsm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.command.ExitStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

    @TempDir
    private Path directory;

    private Path home;

    @BeforeEach
    void makeAModule() {
        home = directory.resolve("module");
        assertThat(Main.run(List.of("init"), terminal("COFFER_ADMIN_PIN", "correct-horse-battery")))
                .isZero();
    }

    @Test
    void statesEveryProtectionOfTheModule() {
        TestTerminal terminal = terminal();
        assertThat(Main.run(List.of("doctor", "--json"), terminal)).isZero();
        try (Hsm hsm = Hsm.open(home).unlock(KeyFile.in(home))) {
            assertThat(hsm.protections())
                    .isNotEmpty()
                    .allSatisfy(protection -> assertThat(terminal.written()).contains("\"" + protection.name() + "\""));
        }
    }

    @Test
    void findsFilesThatOthersMayRead() throws IOException {
        Files.setPosixFilePermissions(home.resolve("module.key"), PosixFilePermissions.fromString("rw-r--r--"));
        TestTerminal terminal = terminal();
        assertThat(Main.run(List.of("doctor"), terminal)).isEqualTo(ExitStatus.FAILED);
        assertThat(terminal.written()).contains("module.key is open to other users; run chmod");
    }

    @Test
    void whatIsInAClosedDirectoryIsNotOpen() throws IOException {
        Path closed = Files.createDirectory(
                home.resolve("signtool"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path inside = Files.createFile(closed.resolve("app-signed.jar"));
        Files.setPosixFilePermissions(inside, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(Main.run(List.of("doctor"), terminal())).isZero();
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-x---"));
        TestTerminal terminal = terminal();
        assertThat(Main.run(List.of("doctor"), terminal)).isEqualTo(ExitStatus.FAILED);
        assertThat(terminal.written()).contains("signtool is open to other users");
    }

    @Test
    void findsAClockThatWentBack() throws IOException {
        Instant later = Instant.now().plus(Duration.ofDays(2));
        Files.setLastModifiedTime(home.resolve("module.key"), FileTime.from(later));
        TestTerminal terminal = terminal();
        assertThat(Main.run(List.of("doctor"), terminal)).isEqualTo(ExitStatus.FAILED);
        assertThat(terminal.written()).containsPattern("problem +clock");
    }

    @Test
    void statusAndDoctorNameTheOwnerOfABusyModule() {
        String pid = String.valueOf(ProcessHandle.current().pid());
        try (Hsm owner = Hsm.open(home)) {
            assertThat(owner.state()).isNotNull();
            TestTerminal status = terminal();
            assertThat(Main.run(List.of("status"), status)).isZero();
            assertThat(status.written()).contains(pid);
            TestTerminal doctor = terminal();
            assertThat(Main.run(List.of("doctor"), doctor)).isEqualTo(ExitStatus.FAILED);
            assertThat(doctor.written()).contains(pid, "MODULE_IN_USE");
        }
    }

    private TestTerminal terminal() {
        return new TestTerminal(directory, Map.of("COFFER_HOME", "module"), List.of());
    }

    private TestTerminal terminal(String variable, String value) {
        return new TestTerminal(directory, Map.of("COFFER_HOME", "module", variable, value), List.of());
    }
}
