package org.cofferhsm.ekm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.util.concurrent.CompletableFuture;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.SharedModule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EkmSessionTest {
    @RegisterExtension
    static final SharedModule MODULE = new SharedModule();

    private Session login;
    private EkmSession session;

    @BeforeEach
    void open() {
        login = MODULE.login();
        session = new EkmSession(login);
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
