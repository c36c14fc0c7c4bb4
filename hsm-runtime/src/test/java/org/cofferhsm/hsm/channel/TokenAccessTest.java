package org.cofferhsm.hsm.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service on a port of 127.0.0.1, where a secret file says who may connect. */
class TokenAccessTest {

    private static final int REFUSED = 0xffff0002;
    private static final int BUSY = 0xffff0003;

    @TempDir
    Path directory;

    private final LogLines log = new LogLines();
    private final EchoService echo = new EchoService();
    private final ClientNumber number = ClientNumber.draw();
    private Path file;
    private ModuleFixture module;
    private LocalService service;

    @BeforeEach
    void serve() {
        file = directory.resolve("coffer.token");
        module = ModuleFixture.in(directory.resolve("module"));
        service = start(Limits.USUAL);
    }

    private LocalService start(Limits limits) {
        ServiceOptions options = ServiceOptions.at(directory.resolve("coffer.sock"))
                .withLimits(limits)
                .withToken(new TokenAccess(file, OptionalInt.of(0)));
        return LocalService.start(module.hsm(), options, List.of(echo), log);
    }

    @AfterEach
    void stop() {
        service.close();
        module.close();
    }

    private byte[] secret(int half) throws IOException {
        byte[] all = HexFormat.of().parseHex(Files.readString(file).strip());
        return Arrays.copyOfRange(all, 32 * half, 32 * half + 32);
    }

    private InetSocketAddress address() {
        return service.tcp().orElseThrow();
    }

    private Knock.Answer greet(Knock knock, byte[] token) throws IOException {
        return knock.ask(1, Knock.greeting("echo", number, 1, token));
    }

    private static byte[] proof(Knock.Answer welcome) {
        MessageReader fields = welcome.fields();
        fields.u16();
        fields.u8();
        fields.bytes();
        fields.text();
        byte[] proof = fields.bytes();
        fields.end();
        return proof;
    }

    @Test
    void letsInWhoShowsHisHalfAndShowsTheOther() throws Exception {
        try (Knock knock = Knock.at(address())) {
            Knock.Answer welcome = greet(knock, secret(0));

            assertThat(welcome.status()).isZero();
            assertThat(proof(welcome)).isEqualTo(secret(1)).hasSize(32);
            MessageWriter fields = new MessageWriter(16).text("hello");
            assertThat(knock.ask(EchoService.ECHO, fields).fields().text()).isEqualTo("hello");
        }
    }

    @Test
    void knowsHolderByAnotherNameThanAnyUsers() throws Exception {
        try (Knock knock = Knock.at(address())) {
            greet(knock, secret(0));

            assertThat(echo.clients()).extracting(client -> client.user()).containsExactly("(token)");
        }
    }

    @Test
    void letsNoHolderUnlockTheModule() throws Exception {
        try (Knock knock = Knock.at(address())) {
            Knock.Answer welcome = knock.ask(1, Knock.greeting("status", number, 1, secret(0)));
            assertThat(welcome.status()).isZero();

            Knock.Answer refusal = knock.ask(3, new MessageWriter(64).u8(1).text("/no/key/file"));

            assertThat(refusal.status()).isEqualTo(1);
            assertThat(refusal.fields().text()).isEqualTo(Reason.ROLE_NOT_PERMITTED.name());
        }
    }

    @Test
    void turnsAwayWhoShowsAnythingElse() throws Exception {
        byte[] altered = secret(0);
        altered[31] ^= 1;
        for (byte[] token : List.of(new byte[0], altered, secret(1), Arrays.copyOf(secret(0), 31), new byte[32])) {
            try (Knock knock = Knock.at(address())) {
                Knock.Answer answer = greet(knock, token);

                assertThat(answer.status()).isEqualTo(REFUSED);
                assertThat(answer.fields().text()).contains("secret file");
                assertThat(knock.closed()).isTrue();
            }
        }
        assertThat(echo.clients()).isEmpty();
    }

    @Test
    void saysNothingOfItsSecretToWhoHasNone() throws Exception {
        for (MessageWriter greeting : List.of(
                Knock.greeting("echo", number, 2, new byte[0]),
                Knock.greeting("nobody", number, 1, new byte[0]),
                new MessageWriter(8).u32(1))) {
            try (Knock knock = Knock.at(address())) {
                Knock.Answer answer = knock.ask(1, greeting);

                assertThat(answer.status()).isNotZero();
                byte[] body = new byte[answer.body().remaining()];
                answer.body().get(body);
                assertThat(HexFormat.of().formatHex(body))
                        .doesNotContain(HexFormat.of().formatHex(secret(1)));
                assertThat(knock.closed()).isTrue();
            }
        }
        String half = HexFormat.of().formatHex(secret(0));
        assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(half));
    }

    @Test
    void answersNoOperationBeforeTheGreeting() throws Exception {
        try (Knock knock = Knock.at(address())) {
            assertThat(knock.ask(EchoService.ECHO, new MessageWriter(16).text("hello"))
                            .status())
                    .isNotZero();
            assertThat(knock.closed()).isTrue();
        }
    }

    @Test
    void letsHoldersInWhileManyStandInTheDoorAndSayNothing() throws Exception {
        List<Knock> silent = new ArrayList<>();
        try {
            for (int i = 0; i < Connections.TURNED_AWAY_AT_ONCE; i++) {
                silent.add(Knock.at(address()));
            }
            try (Knock holder = Knock.at(address())) {
                assertThat(greet(holder, secret(0)).status()).isZero();
            }
            assertThat(silent.get(0).closed()).isTrue();
        } finally {
            for (Knock knock : silent) {
                knock.close();
            }
        }
    }

    @Test
    void countsHoldersAsOneUser() throws Exception {
        service.close();
        service = start(new Limits(10, 1, 10));
        try (Knock first = Knock.at(address());
                Knock second = Knock.at(address())) {
            assertThat(greet(first, secret(0)).status()).isZero();
            assertThat(greet(second, secret(0)).status()).isEqualTo(BUSY);
        }
    }

    @Test
    void asksForNoSecretWhereTheSystemTellsWhoConnects() throws Exception {
        try (Knock knock = Knock.greeted(directory.resolve("coffer.sock"), "echo", number)) {
            assertThat(knock.ask(EchoService.ECHO, new MessageWriter(16).text("hello"))
                            .status())
                    .isZero();
        }
    }

    @Test
    void listensToThisMachineAlone() throws Exception {
        assertThat(address().getAddress().isLoopbackAddress()).isTrue();
        try (Socket other = new Socket()) {
            InetSocketAddress elsewhere =
                    new InetSocketAddress("127.0.0.2", address().getPort());
            assertThatThrownBy(() -> other.connect(elsewhere, 1000)).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void refusesAPortThatSomebodyHas() throws Exception {
        service.close();
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));
            ServiceOptions options = ServiceOptions.at(directory.resolve("coffer.sock"))
                    .withToken(new TokenAccess(file, OptionalInt.of(taken.getLocalPort())));

            assertRefused(Reason.MODULE_IN_USE, () -> LocalService.start(module.hsm(), options, List.of(), log));
            assertThat(directory.resolve("coffer.sock")).doesNotExist();
        }
    }

    @Test
    void makesTheFileForItsOwnerAloneAndKeepsIt() throws Exception {
        String before = Files.readString(file);

        assertThat(before).matches("[0-9a-f]{128}\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        service.close();
        service = start(Limits.USUAL);
        assertThat(file).hasContent(before);
    }

    @Test
    void isOffUnlessAskedFor() {
        service.close();
        service = LocalService.start(
                module.hsm(), ServiceOptions.at(directory.resolve("coffer.sock")), List.of(echo), log);

        assertThat(service.tcp()).isEmpty();
    }
}
