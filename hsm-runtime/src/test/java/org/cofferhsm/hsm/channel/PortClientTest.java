package org.cofferhsm.hsm.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java client of a service on a port of 127.0.0.1, where either side has to show its half of the secret. */
class PortClientTest {

    @TempDir
    Path directory;

    private final LogLines log = new LogLines();
    private final EchoService echo = new EchoService();
    private Path secret;
    private ModuleFixture module;
    private LocalService service;

    @BeforeEach
    void serve() {
        secret = directory.resolve("coffer.token");
        module = ModuleFixture.in(directory.resolve("module"));
        service = start(0);
    }

    private LocalService start(int port) {
        TokenAccess access = new TokenAccess(secret, OptionalInt.of(port));
        return LocalService.start(module.hsm(), ServiceOptions.onPortAlone(access), List.of(echo), log);
    }

    @AfterEach
    void stop() {
        service.close();
        module.close();
    }

    private int port() {
        return service.tcp().orElseThrow().getPort();
    }

    private ChannelClient connect(Path file) {
        return ChannelClient.connect(ServiceAddress.onPort(port(), file), "echo");
    }

    private static String echo(ChannelClient client, String text) {
        MessageWriter fields = new MessageWriter(64).text(text);
        return client.call(EchoService.ECHO, fields, Treatment.REPEATABLE, MessageReader::text);
    }

    private byte[] half(int which) {
        try {
            byte[] all = HexFormat.of().parseHex(Files.readString(secret).strip());
            return Arrays.copyOfRange(all, 32 * which, 32 * which + 32);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A file as only its owner may read it. */
    private Path file(String content) throws IOException {
        Path file = Files.createTempFile(directory, "other", ".token");
        return Files.writeString(file, content);
    }

    @Test
    void talksToAServiceThatHasTheSameSecret() {
        try (ChannelClient client = connect(secret)) {
            assertThat(echo(client, "hello")).isEqualTo("hello");
            assertThat(client.welcome().serial()).isEqualTo(module.hsm().serialNumber());
        }
        assertThat(echo.clients()).extracting(client -> client.user()).containsExactly("(token)");
    }

    @Test
    void opensNoSocketBesideThePort() {
        assertThat(service.socket()).isEmpty();
        assertThat(directory.resolve("module").resolve("coffer.sock")).doesNotExist();
    }

    @Test
    void connectsAgainAfterARestartWithAnotherSecret() throws Exception {
        int port = port();
        try (ChannelClient client = connect(secret)) {
            assertThat(echo(client, "one")).isEqualTo("one");
            service.close();
            assertRefused(Reason.SERVICE_UNAVAILABLE, () -> echo(client, "two"));
            Files.delete(secret);
            service = start(port);

            assertThat(echo(client, "three")).isEqualTo("three");
        }
    }

    @Test
    void isTurnedAwayWithAnotherSecret() throws Exception {
        Path other = file("0".repeat(128));

        assertThat(assertRefused(Reason.SERVICE_REFUSED, () -> connect(other)))
                .hasMessageContaining("secret file")
                .hasMessageContaining("token-file");
        assertThat(echo.clients()).isEmpty();
    }

    @Test
    void sendsNothingMoreToAServiceThatHasAnotherSecondHalf() throws Exception {
        Path other = file(HexFormat.of().formatHex(half(0)) + "0".repeat(64));

        assertThat(assertRefused(Reason.SERVICE_REFUSED, () -> connect(other)))
                .hasMessageContaining("127.0.0.1:" + port())
                .hasMessageContaining(other.toString())
                .hasMessageNotContaining(HexFormat.of().formatHex(half(0)))
                .hasMessageNotContaining(HexFormat.of().formatHex(half(1)));
    }

    @Test
    void sendsNothingButTheGreetingToAListenerThatShowsAWrongHalf() throws Exception {
        for (byte[] shown : List.of(half(0), new byte[32], new byte[0], Arrays.copyOf(half(1), 31))) {
            try (FakePort impostor = FakePort.answering(
                    greeting -> FakePort.frame(greeting, FakePort.welcome().bytes(shown)))) {
                assertRefused(Reason.SERVICE_REFUSED, () -> ChannelClient.connect(impostor.address(secret), "echo"));

                assertThat(impostor.afterTheGreeting()).isEmpty();
            }
        }
    }

    @Test
    void sendsNothingButTheGreetingToAListenerThatShowsNoHalf() throws Exception {
        try (FakePort impostor = FakePort.answering(greeting -> FakePort.frame(greeting, FakePort.welcome()))) {
            assertRefused(Reason.SERVICE_REFUSED, () -> ChannelClient.connect(impostor.address(secret), "echo"));

            assertThat(impostor.afterTheGreeting()).isEmpty();
        }
    }

    @Test
    void takesTheRightHalfAndNothingBehindIt() throws Exception {
        try (FakePort right = FakePort.answering(
                greeting -> FakePort.frame(greeting, FakePort.welcome().bytes(half(1))))) {
            ChannelClient.connect(right.address(secret), "echo").close();

            assertThat(right.afterTheGreeting()).isEmpty();
        }
        try (FakePort more = FakePort.answering(greeting ->
                FakePort.frame(greeting, FakePort.welcome().bytes(half(1)).u8(0)))) {
            assertRefused(Reason.SERVICE_REFUSED, () -> ChannelClient.connect(more.address(secret), "echo"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11, 16_381, 16_777_216, 0x7fffffff, 0xffffffff})
    void hangsUpOnLengthsThatCannotBe(int length) throws Exception {
        byte[] head = new byte[64];
        ByteBuffer.wrap(head).putInt(length).putLong(1);
        try (FakePort hostile = FakePort.answering(greeting -> head)) {
            assertRefused(Reason.SERVICE_UNAVAILABLE, () -> ChannelClient.connect(hostile.address(secret), "echo"));

            assertThat(hostile.afterTheGreeting()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 0x7fffffff, 0xffffffff})
    void refusesFieldsThatAreLongerThanTheWelcome(int length) throws Exception {
        try (FakePort hostile = FakePort.answering(greeting -> FakePort.frame(
                greeting, new MessageWriter(64).u16(1).u8(0).u32(length).raw(new byte[16])))) {
            assertThat(assertRefused(
                            Reason.SERVICE_REFUSED, () -> ChannelClient.connect(hostile.address(secret), "echo")))
                    .hasMessageContaining("does not speak Coffer's protocol");
        }
        try (FakePort hostile = FakePort.answering(greeting ->
                FakePort.frame(greeting, FakePort.welcome().u32(length).raw(new byte[16])))) {
            assertRefused(Reason.SERVICE_REFUSED, () -> ChannelClient.connect(hostile.address(secret), "echo"));
        }
    }

    @Test
    void hangsUpOnAnotherKindOfServer() throws Exception {
        byte[] page = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII);
        try (FakePort web = FakePort.answering(greeting -> page)) {
            assertRefused(Reason.SERVICE_UNAVAILABLE, () -> ChannelClient.connect(web.address(secret), "echo"));
            assertThat(web.afterTheGreeting()).isEmpty();
        }
    }

    @Test
    void saysThatNobodyIsThere() {
        int port = port();
        service.close();

        assertThat(assertRefused(
                        Reason.SERVICE_UNAVAILABLE,
                        () -> ChannelClient.connect(ServiceAddress.onPort(port, secret), "echo")))
                .hasMessageContaining("nobody answers on 127.0.0.1:" + port)
                .hasMessageContaining("coffer serve --tcp 127.0.0.1:" + port);
    }

    @Test
    void endsByTheDeadlineWhereNobodyTakesTheConnection() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Door door = new Door(ServiceAddress.onPort(full.getLocalPort(), secret));
            List<SocketChannel> queue = new ArrayList<>();
            assertRefused(Reason.SERVICE_UNAVAILABLE, () -> {
                while (true) {
                    queue.add(door.open(System.nanoTime() + 200_000_000L));
                }
            });
            assertThat(queue).isNotEmpty();
            for (SocketChannel channel : queue) {
                channel.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-rw----", "rw-----w-"})
    void doesNotTakeASecretThatOthersMayReadOrWrite(String permissions) throws Exception {
        Path open = file(Files.readString(secret));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(permissions));

        assertThat(assertRefused(Reason.ARGUMENT_INVALID, () -> connect(open)))
                .hasMessageContaining(permissions)
                .hasMessageContaining("chmod");
        assertThat(echo.clients()).isEmpty();
    }

    @Test
    void takesASecretThatAGroupMayRead() throws Exception {
        Path group = file(Files.readString(secret));
        Files.setPosixFilePermissions(group, PosixFilePermissions.fromString("rw-r-----"));

        try (ChannelClient client = connect(group)) {
            assertThat(echo(client, "hello")).isEqualTo("hello");
        }
    }

    @Test
    void neitherMakesTheFileNorShowsWhatElseItHolds() throws Exception {
        Path none = directory.resolve("none.token");
        assertThat(assertRefused(Reason.ARGUMENT_INVALID, () -> connect(none)))
                .hasMessageContaining("cannot be read")
                .hasMessageContaining("token-file");
        assertThat(none).doesNotExist();

        for (String content :
                List.of("f00d, or so", "", "ab".repeat(64) + "more", "xy".repeat(64), "a".repeat(1 << 20))) {
            Path wrong = file(content);
            assertThat(assertRefused(Reason.ARGUMENT_INVALID, () -> connect(wrong)))
                    .hasMessageContaining("hexadecimal")
                    .hasMessageNotContaining("f00d");
        }
    }

    /** As on a system whose Unix domain sockets do not tell who is there: what comes in on the socket goes to the port. */
    @Test
    void showsTheSecretOnASocketThatTellsNobody() throws Exception {
        Path socket = directory.resolve("relay.sock");
        try (Relay relay = Relay.between(socket, new InetSocketAddress("127.0.0.1", port()));
                ChannelClient client = ChannelClient.connect(
                        new ServiceAddress(UnixDomainSocketAddress.of(socket), Optional.of(secret)), "echo")) {
            assertThat(echo(client, "hello")).isEqualTo("hello");
            assertThat(relay.connections()).isOne();
        }
    }
}
