package org.cofferhsm.hsm.pkcs11;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.cryptoki.CryptokiAttribute;
import org.cofferhsm.hsm.cryptoki.CryptokiException;
import org.cofferhsm.hsm.cryptoki.CryptokiMechanism;
import org.cofferhsm.hsm.cryptoki.ForeignModule;
import org.cofferhsm.hsm.cryptoki.ForeignSession;
import org.cofferhsm.hsm.testing.MovedClock;
import org.cofferhsm.hsm.testing.RestartableService;
import org.cofferhsm.hsm.testing.ServedModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The C library and its tickets, which are good for twelve hours of the service's clock. */
@EnabledOnOs(OS.LINUX)
class TicketRefreshTest {

    private static final String REFRESH_AT_EACH_CALL = "ticket-refresh-s = 0";
    private static final String HARDLY_EVER = "ticket-refresh-s = 86400";

    private static final Duration ELEVEN_HOURS = Duration.ofHours(11);
    private static final long AES_KEY_GEN = 0x1080;
    private static final int VALUE_LEN = 0x161;
    private static final long USER_NOT_LOGGED_IN = 0x101;

    @TempDir
    Path directory;

    private final MovedClock clock = new MovedClock();
    private RestartableService service;

    @BeforeEach
    void serve() {
        Path home = directory.resolve("module");
        ModuleFixture.in(home).close();
        service = new RestartableService(home, clock, directory.resolve("s"), new Pkcs11Service());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    /** A library of this test's own, configured by the file beside it. */
    private ForeignModule library(String refresh) throws IOException {
        Path own = Files.copy(ServedModule.library(), directory.resolve("libcoffer-pkcs11.so"));
        Files.writeString(
                directory.resolve("coffer-pkcs11.conf"),
                "socket = " + directory.resolve("s") + "\nlog = none\ndeadline-ms = 60000\n" + refresh + "\n");
        return ForeignModule.open(own);
    }

    private static ForeignSession login(ForeignModule library) {
        String pin = "alice:" + String.valueOf(ModuleFixture.ALICE_PIN);
        return library.tokens().get(0).login(pin.getBytes(UTF_8));
    }

    /** What only somebody who is logged in may. */
    private static void use(ForeignSession session) {
        long key = session.generate(
                CryptokiMechanism.plain(AES_KEY_GEN), List.of(CryptokiAttribute.number(VALUE_LEN, 32)));
        assertThat(key).isPositive();
    }

    @Test
    void goesOnByARefreshedTicketWhenTheFirstHasExpired() throws IOException {
        try (ForeignModule library = library(REFRESH_AT_EACH_CALL);
                ForeignSession session = login(library)) {
            for (int refreshed = 0; refreshed < 3; refreshed++) {
                clock.pass(ELEVEN_HOURS);
                use(session);
            }
            clock.pass(ELEVEN_HOURS);
            service.restart();

            use(session);
        }
    }

    @Test
    void goesOnAfterAnotherLoginWhereItsTicketHasExpired() throws IOException {
        try (ForeignModule library = library(HARDLY_EVER);
                ForeignSession session = login(library)) {
            clock.pass(ELEVEN_HOURS);
            use(session);
            clock.pass(ELEVEN_HOURS);
            service.restart();

            assertThatExceptionOfType(CryptokiException.class)
                    .isThrownBy(() -> use(session))
                    .satisfies(refusal -> assertThat(refusal.returnValue()).isEqualTo(USER_NOT_LOGGED_IN));
            try (ForeignSession again = login(library)) {
                use(again);
                use(session);
            }
        }
    }

    @Test
    void goesOnWithoutATicketWhileTheServiceRuns() throws IOException {
        try (ForeignModule library = library(HARDLY_EVER);
                ForeignSession session = login(library)) {
            clock.pass(Duration.ofDays(7));

            use(session);
        }
    }
}
