package org.cofferhsm.hsm.channel;

import java.time.Instant;
import org.cofferhsm.hsm.ModuleState;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/**
 * What the service says of itself to whoever may connect.
 *
 * @param since when it began to serve
 */
public record ServiceStatus(ModuleState state, long processId, int clients, int connections, Instant since) {

    void write(MessageWriter reply) {
        reply.text(state.name()).u64(processId).u32(clients).u32(connections).u64(since.toEpochMilli());
    }

    static ServiceStatus read(MessageReader reply) {
        return new ServiceStatus(
                ModuleState.valueOf(reply.text()),
                reply.u64(),
                reply.u32(),
                reply.u32(),
                Instant.ofEpochMilli(reply.u64()));
    }
}
