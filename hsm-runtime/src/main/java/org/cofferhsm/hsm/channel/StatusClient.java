package org.cofferhsm.hsm.channel;

import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.Passphrase;
import org.cofferhsm.hsm.Seal;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.spi.MessageWriter;

/** Asks a running service how it is, and locks and unlocks its module. */
public final class StatusClient implements AutoCloseable {

    private static final int FIELD_BYTES = 256;

    private final ChannelClient channel;

    private StatusClient(ChannelClient channel) {
        this.channel = channel;
    }

    public static StatusClient connect(ServiceAddress service) {
        return new StatusClient(ChannelClient.connect(service, StatusService.NAME));
    }

    public ServiceStatus status() {
        return channel.call(StatusOperation.STATUS, new MessageWriter(0), Treatment.REPEATABLE, ServiceStatus::read);
    }

    /** Opens the module by its seal and ends a lock-down; for the service's own user and root. */
    public void unlock(Seal seal) {
        MessageWriter fields = new MessageWriter(FIELD_BYTES);
        if (seal instanceof KeyFile keyFile) {
            fields.u8(StatusOperation.KEY_FILE)
                    .text(keyFile.path().toAbsolutePath().toString());
        } else {
            ((Passphrase) seal)
                    .use(secret -> fields.u8(StatusOperation.PASSPHRASE).secretText(secret));
        }
        send(StatusOperation.UNLOCK, fields);
    }

    /** Locks the module down, as an admin. The PIN stays the caller's to wipe. */
    public void lock(String admin, char[] pin) {
        send(StatusOperation.LOCK, new MessageWriter(FIELD_BYTES).text(admin).secretText(pin));
    }

    private void send(int operation, MessageWriter fields) {
        try {
            channel.call(operation, fields, Treatment.SLOW, results -> {
                results.end();
                return results;
            });
        } finally {
            fields.clear();
        }
    }

    @Override
    public void close() {
        channel.close();
    }
}
