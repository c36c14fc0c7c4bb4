package org.cofferhsm.hsm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;
import static org.cofferhsm.hsm.testing.TestModule.PIN;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.access.ModuleAccess;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.ServedModule;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands while {@code coffer serve --socket none --tcp} owns the module, in a process of its own. */
class ServedOnTcpTest {

    @TempDir
    private Path directory;

    private TestModule module;
    private ServedModule service;

    @BeforeEach
    void serve() throws Exception {
        module = TestModule.create(directory.resolve("module"), "alice", "bob");
        service = ServedModule.startOnTcpAlone(module);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private String address() {
        return "127.0.0.1:" + service.port();
    }

    private ModuleAccess access() {
        return ModuleAccess.through(ServiceAddress.onPort(address(), service.token()));
    }

    /** What a user writes who may look into the module's directory. */
    private TestTerminal atHome(String user) {
        return new TestTerminal(directory, module.environment(user), List.of());
    }

    /** What one writes who may not. */
    private TestTerminal elsewhere(String user, Path secret) {
        return new TestTerminal(
                directory,
                Map.of(
                        "COFFER_HOME",
                        directory.resolve("elsewhere").toString(),
                        "COFFER_TCP",
                        address(),
                        "COFFER_TOKEN_FILE",
                        secret.toString(),
                        "COFFER_PIN",
                        user + ":" + PIN),
                List.of());
    }

    private static String does(TestTerminal terminal, String... words) {
        assertThat(Main.run(List.of(words), terminal)).as(terminal.complaints()).isZero();
        return terminal.written().strip();
    }

    private static void refuses(TestTerminal terminal, String... words) {
        assertThat(Main.run(List.of(words), terminal)).as(terminal.written()).isEqualTo(1);
    }

    /** @param where options behind each command */
    private static void makesSignsAndVerifies(Supplier<TestTerminal> terminal, String... where) {
        String[] options = where.clone();
        does(
                terminal.get(),
                with(
                        options,
                        "key",
                        "generate-asymmetric-pair",
                        "ec",
                        "--curve",
                        "secp256r1",
                        "--label",
                        "ca",
                        "--public-attributes",
                        "verify=true",
                        "--private-attributes",
                        "sign=true"));
        assertThat(does(terminal.get(), with(options, "key", "list"))).contains("ca");
        String signature = does(
                terminal.get(),
                with(
                        options,
                        "crypto",
                        "sign",
                        "ecdsa",
                        "--key-filter",
                        "attr.label=ca",
                        "--hash-function",
                        "sha256",
                        "--data",
                        "YWJjMTIz"));
        does(
                terminal.get(),
                with(
                        options,
                        "crypto",
                        "verify",
                        "ecdsa",
                        "--key-filter",
                        "attr.label=ca",
                        "--hash-function",
                        "sha256",
                        "--data",
                        "YWJjMTIz",
                        "--signature",
                        signature));
    }

    private static String[] with(String[] options, String... words) {
        return Stream.concat(Stream.of(words), Stream.of(options)).toArray(String[]::new);
    }

    @Test
    void isFoundByTheModulesDirectory() throws Exception {
        makesSignsAndVerifies(() -> atHome("alice"));

        assertThat(Hsm.serviceOf(module.home())).contains(ServiceAddress.onPort(service.port(), service.token()));
        assertThat(Files.readString(module.home().resolve("service.socket")))
                .doesNotContain(Files.readString(service.token()).strip().substring(0, 64))
                .doesNotContain(Files.readString(service.token()).strip().substring(64));
        assertThat(service.socket()).doesNotExist();
    }

    @Test
    void isFoundByTheEnvironment() {
        makesSignsAndVerifies(() -> elsewhere("alice", service.token()));
    }

    @Test
    void isFoundByOptions() {
        Map<String, String> environment =
                Map.of("COFFER_SOCKET", "/nowhere", "COFFER_TCP", "127.0.0.1:1", "COFFER_PIN", "alice:" + PIN);

        makesSignsAndVerifies(
                () -> new TestTerminal(directory, environment, List.of()),
                "--tcp",
                address(),
                "--token-file",
                service.token().toString());
    }

    @Test
    void namingTheDirectoryCountsForMoreThanTheEnvironment() {
        TestTerminal terminal = new TestTerminal(
                directory,
                Map.of("COFFER_TCP", "127.0.0.1:1", "COFFER_TOKEN_FILE", "/nowhere", "COFFER_PIN", "alice:" + PIN),
                List.of());

        does(terminal, "key", "list", "--home", module.home().toString());
    }

    @Test
    void answersStatusLocksAndIsSeenByTheDoctor() {
        TestTerminal terminal = elsewhere("admin", service.token());
        does(terminal, "status");
        assertThat(terminal.written()).contains("OPERATIONAL", address());
        TestTerminal doctor = atHome("admin");
        does(doctor, "doctor");
        assertThat(doctor.written()).contains("serves the module");

        does(terminal, "lock");
        assertThat(Hsm.isLockedDown(module.home())).isTrue();

        TestTerminal unlocking = atHome("admin");
        refuses(unlocking, "unlock");
        assertThat(unlocking.complaints()).contains("(token) is neither", "[ROLE_NOT_PERMITTED]");
    }

    @Test
    void letsSeveralUsersWorkAtOnce() {
        try (ModuleAccess one = access();
                ModuleAccess other = access();
                Session alice = one.login("alice", PIN.toCharArray());
                Session bob = one.login("bob", PIN.toCharArray());
                Session admin = other.login("admin", PIN.toCharArray())) {
            assertThat(one.isServed()).isTrue();
            assertThat(alice.user().name()).isEqualTo("alice");
            assertThat(bob.user().name()).isEqualTo("bob");
            assertThat(admin.users().list()).hasSize(3);
            assertRefused(Reason.PIN_INCORRECT, () -> other.login("bob", "wrong-horse-42".toCharArray()));
        }
    }

    @Test
    void goesOnWhenTheServiceWasKilledAndStartedAgain() throws Exception {
        try (ModuleAccess access = access();
                Session alice = access.login("alice", PIN.toCharArray())) {
            assertThat(alice.find(Attributes.NONE).list()).isEmpty();
            service.kill();
            assertRefused(
                            Reason.SERVICE_UNAVAILABLE,
                            () -> alice.find(Attributes.NONE).list())
                    .hasMessageContaining(address());
            service.restart();

            assertThat(alice.find(Attributes.NONE).list()).isEmpty();
        }
    }

    @Test
    void failsInTheMiddleOfACallWhenTheServiceIsKilled() throws Exception {
        try (ModuleAccess access = access();
                Session alice = access.login("alice", PIN.toCharArray())) {
            service.pause();
            AtomicReference<HsmException> refusal = new AtomicReference<>();
            Thread call = new Thread(() -> {
                try {
                    alice.generate(KeyTemplate.aes(256).labelled("lost"));
                } catch (HsmException e) {
                    refusal.set(e);
                }
            });
            call.start();
            while (call.isAlive()
                    && Stream.of(call.getStackTrace())
                            .noneMatch(frame -> frame.getMethodName().equals("select"))) {
                Thread.onSpinWait(); // until it waits for the answer
            }
            service.kill();
            call.join();

            assertThat(refusal.get().reason()).isEqualTo(Reason.SERVICE_UNAVAILABLE);
            assertThat(refusal.get()).hasMessageContaining(address()).hasMessageContaining("is not known");
            service.restart();
        }
    }

    @Test
    void doesNotTakeAnotherSecret() throws Exception {
        Path other = Files.createTempFile(directory, "other", ".token");
        Files.writeString(other, "0".repeat(128));
        TestTerminal terminal = elsewhere("alice", other);

        refuses(terminal, "key", "list");

        assertThat(terminal.complaints())
                .contains("[SERVICE_REFUSED]", "secret file")
                .doesNotContain("000000");
        assertThat(service.said()).doesNotContain("000000");
    }

    @Test
    void sendsNoPinToAListenerThatShowsAWrongHalf() throws Exception {
        service.kill();
        byte[] wrong = new byte[32];
        try (ServerSocket taken = new ServerSocket(service.port(), 1, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<byte[]> heard = CompletableFuture.supplyAsync(() -> Impostor.answerOnce(taken, wrong));
            TestTerminal terminal = elsewhere("alice", service.token());

            refuses(terminal, "key", "list");

            assertThat(terminal.complaints()).contains("[SERVICE_REFUSED]", "does not know the secret");
            byte[] all = heard.join();
            assertThat(all).isNotEmpty();
            assertThat(HexFormat.of().formatHex(all))
                    .doesNotContain(HexFormat.of().formatHex(PIN.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
