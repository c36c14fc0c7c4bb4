package org.cofferhsm.tde.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.cli.TestTerminal;
import org.cofferhsm.hsm.testing.ServedModule;
import org.cofferhsm.hsm.testing.TestModule;
import org.cofferhsm.tde.TdeKeystore;
import org.cofferhsm.tde.install.Owner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a DBA gives them, against a real service. */
@TestInstance(Lifecycle.PER_CLASS) // one service for all
class TdePreflightCommandTest {
    @TempDir
    static Path directory;

    private TestModule module;
    private ServedModule service;
    private TestTerminal terminal = new TestTerminal(Path.of("/"), Map.of(), List.of());

    @BeforeAll
    void install() throws Exception {
        module = TestModule.create(directory.resolve("module"), "orcl");
        module.as("orcl", session -> new TdeKeystore(session).setKey("first"));
        service = ServedModule.start(module);
        terminal = new TestTerminal(directory, Map.of(), List.of());
        int status = new TdeInstallCommand()
                .run(
                        List.of(
                                "--root",
                                Files.createDirectory(directory.resolve("image"))
                                        .toString(),
                                "--layout",
                                "pkcs11",
                                "--owner",
                                Owner.of(directory).toString(),
                                "--socket",
                                service.socket().toString(),
                                "--library",
                                ServedModule.library().toString()),
                        terminal);
        assertThat(status).as(terminal.complaints()).isZero();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private int preflight(Map<String, String> environment, List<String> typed, String... options) {
        List<String> all =
                new ArrayList<>(List.of("--root", directory.resolve("image").toString()));
        all.addAll(List.of("--layout", "pkcs11", "--processes", "2"));
        all.addAll(List.of(options));
        terminal = new TestTerminal(directory, environment, typed).wide(120);
        return new TdePreflightCommand().run(all, terminal);
    }

    @Test
    void passesAndRemembersTheMasterKeys() throws Exception {
        Path seen = directory.resolve("seen");

        assertThat(preflight(module.environment("orcl"), List.of(), "--seen", "seen", "--no-restart"))
                .as(terminal.written())
                .isZero();
        assertThat(terminal.written()).contains("21 passed, 0 failed, 0 with a warning, 1 skipped");
        assertThat(seen).content().startsWith("ORACLE.TDE.HSM.MK.06").hasLineCount(1);

        assertThat(preflight(module.environment("orcl"), List.of(), "--seen", "seen", "--no-restart"))
                .isZero();
        assertThat(terminal.written()).contains("1 keys, 1 of them compared");
    }

    @Test
    void asksForPinAndRestart() {
        String pin = module.environment("orcl").get("COFFER_PIN").split(":", 2)[1];

        int status = preflight(Map.of(), List.of(pin, ""), "--as", "orcl", "--json");

        assertThat(status).as(terminal.written()).isZero();
        assertThat(terminal.written())
                .contains("\"passed\": true", "\"check\": \"restart\"")
                .doesNotContain(pin);
    }

    @Test
    void runsTheRestartCommandAndSaysThatItFailed() throws Exception {
        Path script = Files.writeString(directory.resolve("restart"), "#!/bin/sh\ntouch \"$0.ran\"\nexit 3\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));

        int status = preflight(module.environment("orcl"), List.of(), "--restart-command", script.toString());

        assertThat(directory.resolve("restart.ran")).exists();
        assertThat(status).isEqualTo(1);
        assertThat(terminal.written()).contains("ended with status 3", "a DBA would see: ORA-28353");
    }

    @Test
    void saysWhatADbaWouldSeeAndWhatToDo() {
        int status = preflight(Map.of("COFFER_PIN", "orcl:wrong-Horse-42"), List.of(), "--no-restart");

        assertThat(status).isEqualTo(1);
        assertThat(terminal.written())
                .contains("a DBA would see: ORA-28353")
                .contains("do this: check user and password")
                .doesNotContain("wrong-Horse");
    }

    @Test
    void saysThatNothingIsInstalled() {
        terminal = new TestTerminal(directory, module.environment("orcl"), List.of());

        assertThat(new TdePreflightCommand().run(List.of("--root", directory.toString()), terminal))
                .isEqualTo(1);
        assertThat(terminal.complaints()).contains("coffer tde install");
    }
}
