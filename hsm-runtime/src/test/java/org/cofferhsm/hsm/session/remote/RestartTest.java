package org.cofferhsm.hsm.session.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.ModuleFixture.ADMIN_PIN;
import static org.cofferhsm.hsm.ModuleFixture.ALICE_PIN;
import static org.cofferhsm.hsm.ModuleFixture.BOB_PIN;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.nio.file.Path;
import java.util.List;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.channel.LocalService;
import org.cofferhsm.hsm.channel.ServiceOptions;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.session.SignOperation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service goes away and comes back under its clients. */
class RestartTest {

    private static final byte[] TEXT = "before and after".getBytes(UTF_8);

    @TempDir
    Path home;

    private Hsm hsm;
    private LocalService service;
    private ServiceClient client;
    private Session alice;

    @BeforeEach
    void serve() {
        ModuleFixture.in(home).close();
        start();
        client = ServiceClient.connect(ServiceAddress.onSocket(service.socket().orElseThrow()));
        alice = client.login("alice", ALICE_PIN);
    }

    @AfterEach
    void end() {
        client.close();
        stop();
    }

    private void start() {
        hsm = Hsm.open(home, KeyFile.in(home));
        service = LocalService.start(
                hsm, ServiceOptions.at(home.resolve("coffer.sock")), List.of(new SessionService()), line -> {});
    }

    private void stop() {
        service.close();
        hsm.close();
    }

    private void restart() {
        stop();
        start();
    }

    @Test
    void sessionsGoOnAndTokenObjectsKeepTheirHandles() {
        Session bob = client.login("bob", BOB_PIN);
        KeyId key = alice.generate(KeyTemplate.aes(256).allowing(Usage.SIGN));
        byte[] before = alice.sign(key, Algorithm.AES_CMAC, TEXT);

        restart();

        assertThat(alice.sign(key, Algorithm.AES_CMAC, TEXT)).isEqualTo(before);
        assertThat(bob.user().name()).isEqualTo("bob");
        assertRefused(Reason.KEY_NOT_FOUND, () -> bob.describe(key));
        restart();
        assertThat(alice.sign(key, Algorithm.AES_CMAC, TEXT)).isEqualTo(before);
    }

    @Test
    void callsThatCreateGoOnToo() {
        restart();
        KeyId key = alice.generate(KeyTemplate.aes(256).labelled("after"));

        assertThat(alice.find("after").one()).isEqualTo(key);
    }

    @Test
    void aSessionObjectsHandleNeverMeansAnotherObject() {
        KeyId before = alice.generate(KeyTemplate.aes(256).forSession().allowing(Usage.SIGN));

        restart();

        KeyId after = alice.generate(KeyTemplate.aes(256).forSession().allowing(Usage.SIGN));
        assertThat(after).isNotEqualTo(before);
        assertRefused(Reason.KEY_NOT_FOUND, () -> alice.sign(before, Algorithm.AES_CMAC, TEXT));
    }

    @Test
    void anOperationInPartsHasEnded() {
        KeyId key = alice.generate(KeyTemplate.aes(256).allowing(Usage.SIGN));
        SignOperation signing = alice.startSign(key, Algorithm.AES_CMAC);
        signing.update(TEXT, 0, TEXT.length);

        restart();

        assertRefused(Reason.OPERATION_FINISHED, signing::finish);
        signing.close();
    }

    @Test
    void withoutItEachCallEndsAtOnceAndHelpIsToTryAgain() {
        stop();

        long begun = System.nanoTime();
        assertThat(assertRefused(Reason.SERVICE_UNAVAILABLE, () -> alice.random(1))
                        .retryHelps())
                .isTrue();
        assertRefused(Reason.SERVICE_UNAVAILABLE, () -> alice.generate(KeyTemplate.aes(256)));
        assertRefused(Reason.SERVICE_UNAVAILABLE, () -> client.login("alice", ALICE_PIN));
        assertThat(System.nanoTime() - begun).isLessThan(5_000_000_000L);

        start();
        assertThat(alice.random(8)).hasSize(8);
    }

    @Test
    void aSessionClosesWhetherOrNotTheServiceIsThere() {
        stop();
        alice.close();
        assertRefused(Reason.SESSION_CLOSED, () -> alice.random(1));
        start();
        assertRefused(Reason.SESSION_CLOSED, () -> alice.random(1));
    }

    @Test
    void aPinThatWasChangedEndsTheSessionsOfTheOldOne() {
        Session bob = client.login("bob", BOB_PIN);
        try (Session admin = client.login("admin", ADMIN_PIN)) {
            admin.users().resetPin("alice", "another-pin-1".toCharArray());
        }

        restart();

        assertThat(assertRefused(Reason.SESSION_CLOSED, () -> alice.random(1)))
                .hasMessageContaining("alice")
                .hasMessageContaining("log in again");
        assertRefused(Reason.SESSION_CLOSED, () -> alice.random(1));
        assertThat(bob.random(1)).hasSize(1);
    }

    @Test
    void ownNewPinKeepsTheSession() {
        alice.users().changeOwnPin(ALICE_PIN, "another-pin-1".toCharArray());

        restart();

        assertThat(alice.random(1)).hasSize(1);
    }

    @Test
    void aLockedServiceIsNoReasonToForgetWhoIsLoggedIn() {
        stop();
        hsm = Hsm.open(home);
        service = LocalService.start(
                hsm, ServiceOptions.at(home.resolve("coffer.sock")), List.of(new SessionService()), line -> {});
        assertRefused(Reason.MODULE_LOCKED, () -> alice.random(1));

        hsm.unlock(KeyFile.in(home));

        assertThat(alice.random(1)).hasSize(1);
    }
}
