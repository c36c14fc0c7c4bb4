package org.cofferhsm.ekm.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.cofferhsm.ekm.EkmAlgorithm;
import org.cofferhsm.ekm.EkmStatus;
import org.cofferhsm.ekm.Thumbprint;
import org.cofferhsm.ekm.channel.EkmService;
import org.cofferhsm.hsm.testing.Interop;
import org.cofferhsm.hsm.testing.MovedClock;
import org.cofferhsm.hsm.testing.RestartableService;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The native library and its tickets, which are good for twelve hours of the service's clock. */
@EnabledOnOs(OS.LINUX)
class TicketRefreshTest {

    private static final String REFRESH_AT_EACH_CALL = "ticket-refresh-s = 0";
    private static final String HARDLY_EVER = "ticket-refresh-s = 86400";

    private static final long SEED = 20_270_101;
    private static final byte[] NO_IV = {};
    private static final byte[] DEK = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final Duration ELEVEN_HOURS = Duration.ofHours(11);

    @TempDir
    Path directory;

    private final MovedClock clock = new MovedClock();
    private RestartableService service;

    @BeforeEach
    void serve() {
        Interop.program("cc");
        Path home = TestModule.create(directory.resolve("module"), "alice").home();
        service = new RestartableService(home, clock, directory.resolve("s"), new EkmService());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private Callbacks library(String refresh) {
        Path file = NativeLibraryFile.find()
                .orElseThrow()
                .installIn(directory, directory.resolve("s"), "log = none", "deadline-ms = 60000", refresh);
        Callbacks provider = new NativeCallbacks(file, new Random(SEED));
        provider.initialize();
        return provider;
    }

    private static void use(Callbacks provider, long session, Thumbprint key) {
        byte[] sealed = provider.encrypt(session, key, NO_IV, DEK);
        assertThat(provider.decrypt(session, key, NO_IV, sealed)).isEqualTo(DEK);
    }

    @Test
    void goesOnByARefreshedTicketWhenTheFirstHasExpired() {
        try (Callbacks provider = library(REFRESH_AT_EACH_CALL)) {
            long session = provider.openSession("alice", TestModule.PIN);
            Thumbprint key = provider.createKey(session, "k", EkmAlgorithm.AES_256.id(), 0);
            for (int refreshed = 0; refreshed < 3; refreshed++) {
                clock.pass(ELEVEN_HOURS);
                use(provider, session, key);
            }
            clock.pass(ELEVEN_HOURS);
            service.restart();

            use(provider, session, key);
            provider.free();
        }
    }

    @Test
    void goesOnInAnotherSessionWhereTheTicketHasExpired() {
        try (Callbacks provider = library(HARDLY_EVER)) {
            long session = provider.openSession("alice", TestModule.PIN);
            Thumbprint key = provider.createKey(session, "k", EkmAlgorithm.AES_256.id(), 0);
            clock.pass(ELEVEN_HOURS);
            use(provider, session, key);
            clock.pass(ELEVEN_HOURS);
            service.restart();

            assertThatExceptionOfType(ProviderRefusal.class)
                    .isThrownBy(() -> use(provider, session, key))
                    .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(EkmStatus.SESSION_EXPIRED.code()));
            use(provider, provider.openSession("alice", TestModule.PIN), key);
            provider.free();
        }
    }
}
