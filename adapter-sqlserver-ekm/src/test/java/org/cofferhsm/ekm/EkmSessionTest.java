package org.cofferhsm.ekm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EkmSessionTest {

    private Hsm hsm;
    private Session login;
    private EkmSession session;

    @BeforeEach
    void open(@TempDir Path home) {
        hsm = TestModule.create(home, "tde").open();
        login = TestModule.login(hsm, "tde");
        session = new EkmSession(login);
    }

    @AfterEach
    void close() {
        session.close();
        hsm.close();
    }

    /** SQL Server aborts a session from another thread while a call runs in it. */
    @Test
    void letsARunningCallFinishWhenItIsClosed() {
        byte[] encrypted = session.call(provider -> {
            CompletableFuture.runAsync(session::close).join();
            assertThatExceptionOfType(EkmException.class)
                    .isThrownBy(() -> session.call(EkmProvider::keys))
                    .returns(EkmStatus.SESSION_EXPIRED, EkmException::status);
            Thumbprint key = provider.create("key", EkmAlgorithm.AES_128).thumbprint();
            return provider.encrypt(key, Octets.EMPTY, new byte[16]);
        });

        assertThat(encrypted).hasSize(16 + 29);
        assertRefused(Reason.SESSION_CLOSED, () -> login.random(1));
    }

    @Test
    void endsTheLoginAtOnceWhenNothingRuns() {
        session.call(EkmProvider::keys);

        session.close();

        assertRefused(Reason.SESSION_CLOSED, () -> login.random(1));
    }
}
