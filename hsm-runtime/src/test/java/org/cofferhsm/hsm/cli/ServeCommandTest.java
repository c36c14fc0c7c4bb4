package org.cofferhsm.hsm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.HsmConfig;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.Passphrase;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.channel.ChannelClient;
import org.cofferhsm.hsm.channel.StatusClient;
import org.cofferhsm.hsm.channel.Treatment;
import org.cofferhsm.hsm.command.ExitStatus;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.cofferhsm.hsm.testing.Interop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command in processes of its own, as an operator runs and ends it. */
@Timeout(180)
class ServeCommandTest {

    private static final int SIGTERM_STATUS = 128 + 15;

    @TempDir
    Path home;

    private Path socket() {
        return home.resolve("coffer.sock");
    }

    private ServeProcess serve(String... options) throws Exception {
        return ServeProcess.start(home, Map.of(), options).ready();
    }

    private String coffer(Map<String, String> environment, String... arguments) {
        TestTerminal terminal = new TestTerminal(home, environment, List.of());
        Main.run(List.of(arguments), terminal);
        return terminal.written() + terminal.complaints();
    }

    private String status() {
        return coffer(Map.of(), "status", "--home", home.toString());
    }

    @Test
    void servesAPortOfThisMachineAndNoOther() throws Exception {
        ModuleFixture.in(home).close();
        Path secret = home.resolve("secret");
        try (ServeProcess service = serve("--tcp", "127.0.0.1:0", "--token-file", secret.toString())) {
            assertThat(service.output())
                    .anyMatch(line -> line.matches(".* on " + socket() + " and 127\\.0\\.0\\.1:[0-9]+"));
            assertThat(secret).isRegularFile();
            service.terminate();
        }
        assertThat(coffer(Map.of(), "serve", "--home", home.toString(), "--tcp", "0.0.0.0:7353"))
                .contains("0.0.0.0:7353 is not 127.0.0.1:PORT");
        assertThat(home.resolve("coffer.token")).doesNotExist();
    }

    @Test
    void servesUntilItIsTerminated() throws Exception {
        ModuleFixture.in(home).close();
        try (ServeProcess service = serve()) {
            assertThat(status())
                    .contains("OPERATIONAL", "process " + service.pid(), socket().toString(), "connections", "since");

            assertThat(service.terminate()).isEqualTo(SIGTERM_STATUS);

            assertThat(service.output()).anyMatch(line -> line.contains("stopping"));
        }
        assertThat(socket()).doesNotExist();
        assertThat(home.resolve("service.socket")).doesNotExist();
        assertThat(status()).contains("LOCKED", "nobody").doesNotContain("connections");
    }

    @Test
    void comesBackAfterAKill() throws Exception {
        ModuleFixture.in(home).close();
        try (ServeProcess killed = serve();
                StatusClient client = StatusClient.connect(ServiceAddress.onSocket(socket()))) {
            assertThat(client.status().processId()).isEqualTo(killed.pid());
            killed.kill();
            assertThat(socket()).exists();
            assertThat(Hsm.serviceOf(home)).isEmpty();
            assertThat(status()).contains("nobody");
            try (ServeProcess again = serve()) {
                assertThat(client.status().processId()).isEqualTo(again.pid());
                assertThat(again.terminate()).isEqualTo(SIGTERM_STATUS);
            }
        }
    }

    @Test
    void isTheOnlyOneOfAModule() throws Exception {
        ModuleFixture.in(home).close();
        try (ServeProcess first = serve();
                ServeProcess second = ServeProcess.start(
                        home, Map.of(), "--socket", home.resolve("s").toString())) {
            assertThat(second.awaitEnd()).isEqualTo(ExitStatus.FAILED);
            assertThat(second.output())
                    .anyMatch(line -> line.contains("MODULE_IN_USE") && line.contains("pid " + first.pid()));
            assertThat(status()).contains("OPERATIONAL");
        }
    }

    @Test
    void servesALockedModuleUntilItIsUnlocked() throws Exception {
        ModuleFixture.in(home).close();
        Map<String, String> admin = Map.of("COFFER_PIN", "admin:" + new String(ModuleFixture.ADMIN_PIN));
        try (ServeProcess service = serve()) {
            assertThat(coffer(admin, "lock", "--home", home.toString())).contains("Locked the module");
            service.terminate();
        }
        try (ServeProcess service = serve()) {
            assertThat(service.output()).anyMatch(line -> line.contains("coffer unlock"));
            assertThat(status()).contains("LOCKED");
            assertThat(coffer(Map.of(), "unlock", "--home", home.toString())).contains("The module opens");
            assertThat(status()).contains("OPERATIONAL");
        }
    }

    @Test
    void opensAModuleByThePassphraseInAFile() throws Exception {
        try (Passphrase passphrase = Passphrase.of("open sesame".toCharArray())) {
            Hsm.initialize(HsmConfig.at(home), passphrase).close();
        }
        Path right = Files.writeString(home.resolve("right"), "open sesame\n");
        Path wrong = Files.writeString(home.resolve("wrong"), "open says me\n");
        try (ServeProcess refused = ServeProcess.start(home, Map.of("COFFER_PASSPHRASE_FILE", wrong.toString()))) {
            assertThat(refused.awaitEnd()).isEqualTo(ExitStatus.FAILED);
            assertThat(refused.output()).anyMatch(line -> line.contains("UNLOCK_REFUSED"));
        }
        try (ServeProcess service = ServeProcess.start(home, Map.of("COFFER_PASSPHRASE_FILE", right.toString()))) {
            service.ready();
            assertThat(status()).contains("OPERATIONAL");
            assertThat(service.output()).noneMatch(line -> line.contains("sesame"));
        }
    }

    @Test
    void tellsSystemdWhenItIsReadyAndWhenItStops() throws Exception {
        Interop.program("systemd-notify");
        ModuleFixture.in(home).close();
        Path notices = home.resolve("notify");
        Process receiver = new ProcessBuilder(
                        Interop.program("perl").toString(),
                        "-MIO::Socket::UNIX",
                        "-MSocket",
                        "-e",
                        "$| = 1; my $s = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => $ARGV[0]) or die;"
                                + " print \"bound\\n\"; while (defined $s->recv(my $m, 4096)) { print \"$m\\n\" }",
                        notices.toString())
                .start();
        try (BufferedReader received = receiver.inputReader()) {
            assertThat(received.readLine()).isEqualTo("bound");
            try (ServeProcess service = ServeProcess.start(home, Map.of("NOTIFY_SOCKET", notices.toString()))) {
                assertThat(next(received)).isEqualTo("READY=1");
                assertThat(status()).contains("OPERATIONAL");
                assertThat(service.terminate()).isEqualTo(SIGTERM_STATUS);
                assertThat(next(received)).isEqualTo("STOPPING=1");
            }
        } finally {
            receiver.destroyForcibly();
        }
    }

    /** Between notices, systemd-notify asks by a barrier whether the last has been read. */
    private static String next(BufferedReader received) throws java.io.IOException {
        String line = received.readLine();
        while ("BARRIER=1".equals(line)) {
            line = received.readLine();
        }
        return line;
    }

    @Test
    void writesOneLineForARefusalOfPkcs11() throws Exception {
        ModuleFixture.in(home).close();
        try (ServeProcess service = serve();
                ChannelClient client = ChannelClient.connect(ServiceAddress.onSocket(socket()), "pkcs11")) {
            client.call(
                    Operation.OPEN_SESSION.number(),
                    new MessageWriter(64).u64(7).u32(6),
                    Treatment.ONCE,
                    results -> true);
            assertThatThrownBy(() -> client.call(
                            Operation.LOGIN.number(),
                            new MessageWriter(64).u64(7).u32(1).bytes("nobody:at all".getBytes(StandardCharsets.UTF_8)),
                            Treatment.ONCE,
                            results -> results))
                    .isInstanceOf(RuntimeException.class);
            service.terminate();

            assertThat(service.output())
                    .noneMatch(line -> line.contains("RefusalLog"))
                    .filteredOn(line -> line.contains("LOGIN"))
                    .singleElement(STRING)
                    .startsWith("coffer serve: ")
                    .contains(" LOGIN: CKR_");
        }
    }

    @Test
    void refusesUsersAndGroupsThatNobodyKnows() {
        assertThat(coffer(Map.of(), "serve", "--home", home.toString(), "--allow-user", "no-such-user"))
                .contains("knows no user no-such-user", "ARGUMENT_INVALID");
        assertThat(coffer(Map.of(), "serve", "--home", home.toString(), "--allow-group", "no-such-group"))
                .contains("knows no group no-such-group", "ARGUMENT_INVALID");
    }

    @Test
    void refusesLimitsThatAreNone() {
        assertThat(coffer(Map.of(), "serve", "--home", home.toString(), "--max-connections", "0"))
                .contains("--max-connections takes a number from 1");
    }
}
