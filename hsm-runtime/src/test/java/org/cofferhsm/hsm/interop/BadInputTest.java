package org.cofferhsm.hsm.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.spi.OutsideProgram.Finished;
import org.cofferhsm.hsm.testing.Interop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong around the module: the right return code, and a line in a log that names the cause. */
class BadInputTest {

    @RegisterExtension
    static final TokenUnderTest SUBJECT = new TokenUnderTest();

    private CofferToken token;
    private Client client;

    @BeforeEach
    void compileClient() throws IOException {
        assumeFalse(TokenUnderTest.SOFTHSM, "it has no service");
        token = (CofferToken) SUBJECT.token();
        client = Client.compiled(token, SUBJECT.directory());
    }

    /** The library in a place of its own, where another service is expected. */
    private Elsewhere elsewhere(String name) throws IOException {
        Path directory = Files.createDirectories(SUBJECT.file(name));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Elsewhere elsewhere = new Elsewhere(directory);
        Files.copy(token.library(), elsewhere.library());
        Files.writeString(
                directory.resolve("coffer-pkcs11.conf"),
                "socket = " + elsewhere.socket() + "\nlog = stderr\nlog-level = information\n");
        return elsewhere;
    }

    private record Elsewhere(Path directory) {
        Path library() {
            return directory.resolve("libcoffer-pkcs11.so");
        }

        Path socket() {
            return directory.resolve("socket");
        }
    }

    @Test
    void aWrongLibraryPathIsTheProgramsToTell() {
        Finished run = SUBJECT.program("pkcs11-tool").run("--module", "/nowhere/libcoffer-pkcs11.so", "--list-slots");

        assertThat(run.status()).isNotZero();
        assertThat(run.messages()).contains("Failed to load pkcs11 module");
    }

    @Test
    void withoutAServiceThereIsASlotButNoToken() throws IOException {
        Elsewhere elsewhere = elsewhere("nobody");

        Finished probe = client.on(elsewhere.library()).run("probe").orComplain("probe");

        assertThat(probe.text())
                .contains(
                        "C_Initialize 0x0", "tokens 0", "C_GetTokenInfo 0xe0", "C_OpenSession 0xe0", "C_Finalize 0x0");
        assertThat(probe.messages())
                .contains("cannot connect to the service at " + elsewhere.socket())
                .contains("it is not there", "coffer serve");
    }

    static Stream<Arguments> impostors() {
        return Stream.of(
                Arguments.of("version", FakeService.OF_VERSION_2, "C_OpenSession 0xe0", "one release of Coffer"),
                Arguments.of("lies", FakeService.THAT_LIES, "C_OpenSession 0x30", "does not speak Coffer's protocol"),
                Arguments.of(
                        "http", FakeService.OF_ANOTHER_KIND, "C_OpenSession 0x30", "does not speak Coffer's protocol"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("impostors")
    void whatIsNotOurServiceIsNamed(String name, UnaryOperator<ByteBuffer> answer, String code, String cause)
            throws IOException {
        Elsewhere elsewhere = elsewhere(name);
        try (FakeService service = FakeService.listen(elsewhere.socket(), answer)) {
            Finished probe = client.on(elsewhere.library()).run("probe").orComplain("probe");

            assertThat(probe.text()).contains("C_Initialize 0x0", "tokens 0", code, "C_Finalize 0x0");
            assertThat(probe.messages()).contains(elsewhere.socket().toString(), cause);
            assertThat(service.requests()).isPositive();
        }
    }

    /** As another user: root may do anything. */
    private Finished asNobody(Elsewhere elsewhere) {
        return new OutsideProgram(
                        List.of(
                                Interop.program("setpriv").toString(),
                                "--reuid=nobody",
                                "--clear-groups",
                                client.executable().toString(),
                                elsewhere.library().toString(),
                                "probe"),
                        Map.of("CLIENT_PIN", token.pin()))
                .run()
                .orComplain("probe as nobody");
    }

    private static void assumeRoot() {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can become another user");
    }

    @Test
    void aSocketThatOthersMayNotUseIsNamed() throws IOException {
        assumeRoot();
        Elsewhere elsewhere = elsewhere("forbidden");
        try (FakeService service = FakeService.listen(elsewhere.socket(), FakeService.OF_VERSION_2)) {
            Files.setPosixFilePermissions(elsewhere.socket(), PosixFilePermissions.fromString("rw-------"));
            Finished probe = asNobody(elsewhere);

            assertThat(probe.text()).contains("tokens 0", "C_OpenSession 0xe0");
            assertThat(probe.messages())
                    .contains("cannot connect to the service at " + elsewhere.socket(), "this user may not");
            assertThat(service.requests()).isZero();
        }
    }

    /** Whoever listens there would get our PINs: the service belongs to us, to root, or to whom the directory was given. */
    @Test
    void aServiceOfAForeignUserGetsNothing() throws Exception {
        assumeRoot();
        Elsewhere elsewhere = elsewhere("foreign");
        Path shared = Files.createDirectories(elsewhere.directory().resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path socket = shared.resolve("socket");
        Files.writeString(
                elsewhere.directory().resolve("coffer-pkcs11.conf"), "socket = " + socket + "\nlog = stderr\n");
        try (Daemon impostor = Daemon.start(
                SUBJECT.log("impostor"),
                Map.of(),
                List.of(
                        Interop.program("setpriv").toString(),
                        "--reuid=nobody",
                        "--clear-groups",
                        client.executable().toString(),
                        socket.toString(),
                        "listen"))) {
            Await.that("somebody else listens", () -> Files.exists(socket));
            Finished probe = client.on(elsewhere.library()).run("probe").orComplain("probe");

            assertThat(probe.text()).contains("tokens 0", "C_OpenSession 0xe0");
            assertThat(probe.messages()).contains("listens at " + socket, "nothing was sent");
            assertThat(impostor.said()).isEqualTo("received 0\n");
        }
    }

    @Test
    void aUserWhoMayNotConnectIsToldByTheServicesLog() throws IOException {
        assumeRoot();
        Finished probe = new OutsideProgram(
                        List.of(
                                Interop.program("setpriv").toString(),
                                "--reuid=daemon",
                                "--clear-groups",
                                client.executable().toString(),
                                token.library().toString(),
                                "probe"),
                        Map.of("CLIENT_PIN", token.pin()))
                .run()
                .orComplain("probe as daemon");

        assertThat(probe.text()).contains("tokens 0", "C_OpenSession 0xe0");
        assertThat(token.service().said()).contains("daemon", "--allow-user");
    }

    @Test
    void aFullSessionTableIsAReturnCodeAndPasses() {
        Finished run = client.program().run("sessions", "1000000").orComplain("sessions");

        assertThat(run.text())
                .contains("C_OpenSession 0xb1", "C_CloseAllSessions 0x0", "C_OpenSession 0x0", "C_Finalize 0x0");
    }

    @Test
    void wrongPinsLockTheUserUntilAnAdminUnlocks() {
        Pkcs11Tool tool = new Pkcs11Tool(token);
        String wrong = "carol:wrong-pin";
        Finished last = tool.loggedInAs(wrong, "--list-objects");
        assertThat(last.messages()).contains("CKR_PIN_INCORRECT");
        for (int attempt = 0; attempt < 20 && !last.messages().contains("CKR_PIN_LOCKED"); attempt++) {
            last = tool.loggedInAs(wrong, "--list-objects");
        }

        assertThat(last.messages()).contains("CKR_PIN_LOCKED");
        assertThat(tool.loggedInAs(token.pinOf("carol"), "--list-objects").messages())
                .as("the right PIN does not help any more")
                .contains("CKR_PIN_LOCKED");
        assertThat(tool.loggedInAs(token.pinOf("bob"), "--list-objects").status())
                .as("others are free")
                .isZero();
        assertThat(token.service().said()).contains("carol", "locked");
    }

    @Test
    void anUnknownUserIsAWrongPin() {
        Finished stranger = new Pkcs11Tool(token).loggedInAs("mallory:some-pin-42", "--list-objects");

        assertThat(stranger.messages()).contains("CKR_PIN_INCORRECT");
    }
}
