package org.cofferhsm.hsm.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.ModuleState;
import org.cofferhsm.hsm.Passphrase;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.spi.Client;
import org.cofferhsm.hsm.spi.ClientCalls;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusServiceTest {

    @TempDir
    Path home;

    private ServiceFixture fixture;
    private StatusClient client;

    @BeforeEach
    void serve() {
        fixture = ServiceFixture.in(home);
        client = StatusClient.connect(ServiceAddress.onSocket(fixture.socket()));
    }

    @AfterEach
    void close() {
        client.close();
        fixture.close();
    }

    @Test
    void saysHowTheServiceIs() throws Exception {
        try (Knock knock = fixture.greeted(ClientNumber.draw())) {
            knock.ask(EchoService.COUNT, new MessageWriter(0));
            ServiceStatus status = client.status();

            assertThat(status.state()).isEqualTo(ModuleState.OPERATIONAL);
            assertThat(status.processId()).isEqualTo(ProcessHandle.current().pid());
            assertThat(status.clients()).isEqualTo(2);
            assertThat(status.connections()).isEqualTo(2);
            assertThat(Duration.between(status.since(), Instant.now())).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        }
    }

    @Test
    void locksAndUnlocksWhatIsServed() {
        client.lock("admin", ModuleFixture.ADMIN_PIN);
        assertThat(client.status().state()).isEqualTo(ModuleState.LOCKED);
        assertRefused(Reason.MODULE_LOCKED, fixture.module::alice);
        assertRefused(Reason.MODULE_LOCKED, () -> fixture.module.hsm().unlock(KeyFile.in(home)));

        client.unlock(KeyFile.in(home));

        assertThat(client.status().state()).isEqualTo(ModuleState.OPERATIONAL);
        fixture.module.alice().close();
        assertThat(fixture.log.lines())
                .anyMatch(line -> line.contains("unlocked the module"))
                .anyMatch(line -> line.contains(" locked the module"));
    }

    @Test
    void refusesToLockForOthersThanAdmins() {
        assertRefused(Reason.ROLE_NOT_PERMITTED, () -> client.lock("alice", ModuleFixture.ALICE_PIN));
        assertRefused(Reason.PIN_INCORRECT, () -> client.lock("admin", "wrong-pin-1".toCharArray()));
        assertThat(client.status().state()).isEqualTo(ModuleState.OPERATIONAL);
    }

    @Test
    void refusesToUnlockByTheWrongSeal() {
        client.lock("admin", ModuleFixture.ADMIN_PIN);

        try (Passphrase wrong = Passphrase.of("open sesame".toCharArray())) {
            assertRefused(Reason.UNLOCK_REFUSED, () -> client.unlock(wrong));
        }
        assertThat(client.status().state()).isEqualTo(ModuleState.LOCKED);
    }

    /** Whose rights the key file is read with must not be lent to others. */
    @Test
    void unlocksForItsOwnUserAndRootOnly() {
        Admission admission = new Admission("coffer", Set.of("www-data"), Set.of(), user -> Set.of());
        Clients clients = new Clients(1, fixture.log);
        StatusService service = new StatusService(
                admission, new Counts(clients, new Connections(Limits.USUAL, fixture.log)), Instant.now(), fixture.log);
        MessageWriter request = new MessageWriter(64)
                .u8(StatusOperation.KEY_FILE)
                .text(KeyFile.in(home).path().toString());
        MessageWriter reply = new MessageWriter(64);
        try (ClientCalls calls =
                service.connect(fixture.module.hsm(), new Client("www-data", Octets.EMPTY, 1, "nginx"), line -> {})) {
            int status = calls.call(StatusOperation.UNLOCK, new MessageReader(request.written()), reply);

            assertThat(status).isEqualTo(Refusal.STATUS);
            assertThat(Refusal.read(new MessageReader(reply.written())).reason())
                    .isEqualTo(Reason.ROLE_NOT_PERMITTED);
        }
    }
}
