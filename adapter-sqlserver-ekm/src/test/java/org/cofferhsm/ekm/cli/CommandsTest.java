package org.cofferhsm.ekm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cofferhsm.ekm.channel.EkmService;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.channel.LocalService;
import org.cofferhsm.hsm.channel.ServiceOptions;
import org.cofferhsm.hsm.channel.TokenAccess;
import org.cofferhsm.hsm.cli.TestTerminal;
import org.cofferhsm.hsm.session.remote.SessionService;
import org.cofferhsm.hsm.spi.Command;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code coffer ekm} beside a running service, as on a machine where SQL Server is at work. */
class CommandsTest {

    private Path home;
    private Hsm hsm;
    private LocalService service;
    private TestTerminal terminal;

    @BeforeEach
    void serve(@TempDir Path directory) {
        home = directory;
        TestModule.create(home, "dba", "tde");
        start();
    }

    private void start() {
        hsm = new TestModule(home).open();
        service = LocalService.start(
                hsm, ServiceOptions.at(home.resolve("s")), List.of(new EkmService(), new SessionService()), line -> {});
    }

    private void stop() {
        service.close();
        hsm.close();
    }

    @AfterEach
    void end() {
        stop();
    }

    private int run(Command command, String user, String... arguments) {
        terminal = new TestTerminal(
                home, Map.of("COFFER_HOME", home.toString(), "COFFER_PIN", user + ":" + TestModule.PIN), List.of());
        return command.run(new ArrayList<>(List.of(arguments)), terminal);
    }

    private void create(String name, String algorithm) {
        assertThat(run(new KeysCreateCommand(), "dba", "--name", name, "--algorithm", algorithm))
                .as(terminal.complaints())
                .isZero();
    }

    @Test
    void createsListsAndDropsKeys() {
        create("tde_key", "RSA_2048");
        assertThat(terminal.written()).startsWith("made RSA_2048 key with the thumbprint 0x");
        create("cells", "AES_256");

        assertThat(run(new KeysDropCommand(), "dba", "--name", "cells")).isZero();
        assertThat(run(new KeysListCommand(), "dba")).isZero();
        assertThat(terminal.written().lines())
                .hasSize(3)
                .anyMatch(line -> line.matches("tde_key +RSA_2048 +dba +active +0x\\p{XDigit}{40}"))
                .anyMatch(line -> line.matches("cells +AES_256 +dba +dropped +0x\\p{XDigit}{40}"));
        assertThat(run(new KeysListCommand(), "tde")).isZero();
        assertThat(terminal.written().strip()).isEqualTo("no keys for EKM");
    }

    @Test
    void dropsByThumbprintWhichSqlServerShows() {
        create("cells", "AES_256");
        String thumbprint = terminal.written().strip().replaceFirst(".*0x", "0x");

        assertThat(run(new KeysDropCommand(), "dba", "--thumbprint", thumbprint.toUpperCase()))
                .isZero();

        assertThat(run(new KeysListCommand(), "dba", "--json")).isZero();
        assertThat(terminal.written()).contains("\"state\": \"dropped\"").contains(thumbprint);
    }

    @Test
    void refusesTakenNamesAndUnknownAlgorithms() {
        create("key", "AES_128");

        assertThat(run(new KeysCreateCommand(), "dba", "--name", "key", "--algorithm", "AES_128"))
                .isEqualTo(1);
        assertThat(terminal.complaints()).contains("already called");
        assertThat(run(new KeysCreateCommand(), "dba", "--name", "k", "--algorithm", "RC4"))
                .isEqualTo(1);
        assertThat(terminal.complaints()).contains("RSA_2048");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--name a --thumbprint 00", "--thumbprint 0x12"})
    void wantsOneKeyToDrop(String arguments) {
        assertThat(run(new KeysDropCommand(), "dba", arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);
    }

    @Test
    void findsThatAllIsWellWithServiceCredentialAndKeys() {
        create("tde_key", "RSA_2048");
        create("cells", "AES_256");

        assertThat(run(new DoctorCommand(), "dba")).as(terminal.written()).isZero();

        assertThat(terminal.written())
                .containsPattern("ok +service +ekm answers")
                .containsPattern("ok +credential +opens a session for the crypto user dba")
                .containsPattern("ok +key tde_key +0x\\p{XDigit}{40} encrypts and decrypts")
                .containsPattern("ok +key cells ");
    }

    @Test
    void findsTheServiceOnItsPortByWhereTheModuleSaysThatItIs() {
        serveOnTcp();

        assertThat(run(new DoctorCommand(), "dba")).as(terminal.written()).isZero();

        assertThat(terminal.written())
                .contains("ekm answers at " + address())
                .containsPattern("ok +credential +opens a session for the crypto user dba");
    }

    @Test
    void findsTheServiceOnAPortThatIsNamed() {
        serveOnTcp();
        terminal =
                new TestTerminal(home, Map.of("COFFER_TCP", address(), "COFFER_TOKEN_FILE", "coffer.token"), List.of());
        assertThat(new DoctorCommand().run(List.of(), terminal))
                .as(terminal.written())
                .isZero();
        assertThat(terminal.written()).contains("ekm answers at " + address());

        terminal = new TestTerminal(home, Map.of(), List.of());
        assertThat(new DoctorCommand().run(List.of("--tcp", address(), "--token-file", "coffer.token"), terminal))
                .as(terminal.written())
                .isZero();
    }

    @Test
    void refusesAPortOfAnotherMachine() {
        assertThat(run(new DoctorCommand(), "dba", "--tcp", "10.0.0.1:7353", "--token-file", "coffer.token"))
                .isEqualTo(1);

        assertThat(terminal.complaints()).contains("ARGUMENT_INVALID", "on this machine alone");
    }

    private void serveOnTcp() {
        service.close();
        TokenAccess access = TokenAccess.onAddress("127.0.0.1:0", home.resolve("coffer.token"));
        service = LocalService.start(
                hsm, ServiceOptions.onPortAlone(access), List.of(new EkmService(), new SessionService()), line -> {});
    }

    private String address() {
        return "127.0.0.1:" + service.tcp().orElseThrow().getPort();
    }

    @Test
    void wantsTheSecretFileForATcpPort() {
        assertThat(run(new DoctorCommand(), "dba", "--tcp", "127.0.0.1:7353")).isEqualTo(2);

        assertThat(terminal.complaints()).contains("--token-file");
    }

    @Test
    void findsWrongCredentials() {
        terminal = new TestTerminal(home, Map.of("COFFER_PIN", "dba:wrong-secret-1"), List.of());

        assertThat(new DoctorCommand().run(List.of("--home", home.toString(), "--json"), terminal))
                .isEqualTo(1);

        assertThat(terminal.written()).contains("5 AUTH_FAILURE").doesNotContain("wrong-secret-1");
    }

    @Test
    void findsThatNobodyServes() {
        service.close();

        assertThat(run(new DoctorCommand(), "dba")).isEqualTo(1);

        assertThat(terminal.written()).contains("run coffer serve");
    }

    @Test
    void findsThatNothingAnswersAtTheSocket() {
        terminal = new TestTerminal(
                home, Map.of("COFFER_SOCKET", home.resolve("none").toString()), List.of());

        assertThat(new DoctorCommand().run(List.of(), terminal)).isEqualTo(1);

        assertThat(terminal.written()).contains("nothing answers at");
    }

    @Test
    void printsTheScriptOfAScenario() {
        assertThat(run(new ScriptCommand(), "dba", "--scenario", "tde", "--database", "it's [mine]"))
                .isZero();

        assertThat(terminal.written())
                .contains("USE [it's [mine]]];")
                .contains("DB_ID(N'it''s [mine]')")
                .doesNotContain(TestModule.PIN);
        assertThat(run(new ScriptCommand(), "dba", "--scenario", "nonsense")).isEqualTo(2);
        assertThat(terminal.complaints()).contains("always-on");
    }
}
