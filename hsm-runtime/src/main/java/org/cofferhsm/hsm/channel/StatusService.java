package org.cofferhsm.hsm.channel;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.Passphrase;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.ChannelService;
import org.cofferhsm.hsm.spi.Client;
import org.cofferhsm.hsm.spi.ClientCalls;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** The service {@code status}: how the module is, and how it is locked and unlocked while it is being served. */
record StatusService(Admission admission, Counts counts, Instant since, ServiceLog log) implements ChannelService {

    static final String NAME = "status";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ClientCalls connect(Hsm hsm, Client client, Consumer<String> told) {
        return new Calls(this, hsm, client);
    }

    private record Calls(StatusService service, Hsm hsm, Client client) implements ClientCalls {

        @Override
        public int call(int operation, MessageReader request, MessageWriter reply) {
            try {
                return answer(operation, request, reply);
            } catch (HsmException e) {
                return Refusal.write(e, reply);
            }
        }

        private int answer(int operation, MessageReader request, MessageWriter reply) {
            switch (operation) {
                case StatusOperation.STATUS -> status(request).write(reply);
                case StatusOperation.UNLOCK -> {
                    unlock(request);
                    service.log().line(client + " unlocked the module");
                }
                case StatusOperation.LOCK -> {
                    lock(request);
                    service.log().line(client + " locked the module");
                }
                default -> {
                    return UNKNOWN_OPERATION;
                }
            }
            return DONE;
        }

        private ServiceStatus status(MessageReader request) {
            request.end();
            Counts counts = service.counts();
            return new ServiceStatus(
                    hsm.state(),
                    ProcessHandle.current().pid(),
                    counts.clients(),
                    counts.connections(),
                    service.since());
        }

        /** The service reads a key file with its own rights, so only those who have them anyway may name one. */
        private void unlock(MessageReader request) {
            if (!service.admission().isOperator(client.user())) {
                throw HsmException.roleNotPermitted("only the user that the service runs as, and root, may unlock it; "
                        + client.user() + " is neither");
            }
            switch (request.u8()) {
                case StatusOperation.KEY_FILE -> unlock(request.text(), request);
                case StatusOperation.PASSPHRASE -> unlock(request.secretText(), request);
                default -> throw new MalformedMessageException("no such kind of seal");
            }
        }

        private void unlock(String keyFile, MessageReader request) {
            request.end();
            hsm.liftLockDown(KeyFile.at(Path.of(keyFile)));
        }

        private void unlock(char[] characters, MessageReader request) {
            try (Passphrase passphrase = Passphrase.of(characters)) {
                request.end();
                hsm.liftLockDown(passphrase);
            } finally {
                Arrays.fill(characters, '\0');
            }
        }

        private void lock(MessageReader request) {
            String user = request.text();
            char[] pin = request.secretText();
            try {
                request.end();
                lock(user, pin);
            } finally {
                Arrays.fill(pin, '\0');
            }
        }

        private void lock(String user, char[] pin) {
            try (Session session = hsm.login(user, pin)) {
                hsm.lockDown(session);
            }
        }

        @Override
        public void close() {
            // it keeps nothing
        }
    }
}
