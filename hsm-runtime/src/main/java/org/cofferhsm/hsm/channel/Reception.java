package org.cofferhsm.hsm.channel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.SoftwareVersion;
import org.cofferhsm.hsm.channel.Clients.Membership;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.spi.ChannelService;
import org.cofferhsm.hsm.spi.Client;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** Leads those who greet to the service that they want. */
final class Reception {

    private final Hsm hsm;
    private final Octets serial;
    private final String version = SoftwareVersion.text();
    private final Map<String, ChannelService> services;
    private final Clients clients;
    private final UserLogs logs;

    Reception(Hsm hsm, List<ChannelService> services, Clients clients, UserLogs logs) {
        this.hsm = hsm;
        this.serial = hsm.serialNumber();
        this.services = services.stream().collect(Collectors.toMap(ChannelService::name, Function.identity()));
        this.clients = clients;
        this.logs = logs;
    }

    /** Answers a greeting. */
    Answer receive(Frame greeting, Peer peer, MessageWriter reply) {
        try {
            return receive(greeting.code(), new MessageReader(greeting.body()), peer, reply);
        } catch (MalformedMessageException e) {
            logs.of(peer.user()).failure("a malformed greeting of user " + peer.user(), e);
            return turned(ChannelStatus.MALFORMED, reply);
        } catch (BusyException e) {
            logs.of(peer.user()).line("turned a client of user " + peer.user() + " away: " + e.getMessage());
            reply.text(String.valueOf(e.getMessage()));
            return new Answer(ChannelStatus.BUSY.code(), Optional.empty(), () -> {});
        } catch (RuntimeException e) { // a defect of one service is not to end the others
            logs.of(peer.user()).failure("a greeting of user " + peer.user() + " failed by a fault of Coffer", e);
            return turned(ChannelStatus.FAILED, reply);
        }
    }

    private Answer receive(int operation, MessageReader body, Peer peer, MessageWriter reply) {
        if (operation != Greeting.OPERATION) {
            throw new MalformedMessageException("operation " + Integer.toUnsignedString(operation) + " came first");
        }
        int version = Greeting.version(body);
        if (version != Greeting.VERSION) {
            logs.of(peer.user())
                    .line("a client of user " + peer.user() + " speaks version " + version + " of the channel, not "
                            + Greeting.VERSION);
            reply.u16(Greeting.VERSION).u16(Greeting.VERSION);
            return new Answer(ChannelStatus.VERSION.code(), Optional.empty(), () -> {});
        }
        Greeting greeting = Greeting.read(body);
        ChannelService service = services.get(greeting.service());
        if (service == null) {
            logs.of(peer.user())
                    .line("a client of user " + peer.user() + " wants the service \"" + greeting.service()
                            + "\", which is none of " + services.keySet());
            return turned(ChannelStatus.UNKNOWN_SERVICE, reply);
        }
        return welcome(greeting, service, peer, reply);
    }

    private Answer welcome(Greeting greeting, ChannelService service, Peer peer, MessageWriter reply) {
        Client client = new Client(peer.user(), greeting.client().octets(), greeting.processId(), greeting.program());
        Clients.Key key = new Clients.Key(greeting.service(), peer.user(), greeting.client());
        ServiceLog log = logs.of(peer.user());
        Membership membership = clients.join(key, () -> service.connect(hsm, client, log::line));
        new Welcome(membership.known(), serial, version).write(reply);
        GuardedCalls calls = new GuardedCalls(client, membership.calls(), log);
        return new Answer(0, Optional.of(calls), () -> clients.leave(key));
    }

    private static Answer turned(ChannelStatus status, MessageWriter reply) {
        reply.clear();
        return new Answer(status.code(), Optional.empty(), () -> {});
    }

    /**
     * What a greeting is answered.
     *
     * @param calls there when the client is let in
     * @param leaving takes leave of the client
     */
    record Answer(int status, Optional<GuardedCalls> calls, Runnable leaving) implements AutoCloseable {

        @Override
        public void close() {
            leaving.run();
        }
    }
}
