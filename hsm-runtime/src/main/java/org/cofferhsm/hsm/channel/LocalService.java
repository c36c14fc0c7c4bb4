package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.ChannelService;

/**
 * A module as a service of this machine: listens on a Unix domain socket, and on a port of 127.0.0.1 when told to, and lets those users in that may come
 * ({@code docs/channel.md}).
 */
public final class LocalService implements AutoCloseable {

    private static final Duration HOUSEKEEPING = Duration.ofSeconds(1);
    /** How long the other side may leave a message unfinished. */
    private static final Duration STALLED = Duration.ofSeconds(30);
    /** How long running calls have to finish when the service stops. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Entrances entrances;
    private final Connections connections;
    private final Clients clients;
    private final List<Listener> listeners;
    private final UserLogs logs;
    private final ScheduledExecutorService housekeeping;
    private final Hsm hsm;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalService(Hsm hsm, Entrances entrances, ServiceOptions options, Setting setting) throws IOException {
        ServiceLog log = setting.log();
        this.hsm = hsm;
        this.entrances = entrances;
        this.logs = new UserLogs(log);
        this.connections = new Connections(options.limits(), log);
        this.clients = new Clients(options.limits().clients(), log);
        Admission admission = new Admission(entrances.owner(), options.users(), options.groups(), new Memberships(log));
        List<ChannelService> services = new ArrayList<>(setting.services());
        services.add(new StatusService(admission, new Counts(clients, connections), Instant.now(), log));
        Reception reception = new Reception(hsm, services, clients, logs);
        this.listeners = entrances.listeners(admission, new Threads(connections, reception, logs), log);
        this.housekeeping = Executors.newSingleThreadScheduledExecutor(LocalService::housekeeper);
        openDoor(options, log);
    }

    /**
     * Begins to serve.
     *
     * @param services what answers besides the status service
     */
    public static LocalService start(Hsm hsm, ServiceOptions options, List<ChannelService> services, ServiceLog log) {
        Entrances entrances = Entrances.open(options);
        try {
            LocalService service = new LocalService(hsm, entrances, options, new Setting(services, log));
            hsm.announceService(address(options, entrances));
            service.begin();
            return service;
        } catch (IOException e) {
            throw Entrances.abandoned(
                    entrances,
                    HsmException.storeUnavailable("the socket of the service cannot be used: " + e)
                            .causedBy(e));
        } catch (RuntimeException e) {
            throw Entrances.abandoned(entrances, e);
        }
    }

    /** The socket, where there is one: everybody on the machine can get to a port. */
    private static ServiceAddress address(ServiceOptions options, Entrances entrances) {
        Optional<Path> secret = options.token().map(TokenAccess::file);
        return entrances
                .socket()
                .map(socket -> ServiceAddress.onSocket(socket.path(), secret))
                .orElseGet(() ->
                        ServiceAddress.onPort(entrances.tcp().orElseThrow().getPort(), secret.orElseThrow()));
    }

    private void openDoor(ServiceOptions options, ServiceLog log) throws IOException {
        if (entrances.socket().isPresent()) {
            openDoor(entrances.socket().get(), options, log);
        }
    }

    private static void openDoor(SocketFile socket, ServiceOptions options, ServiceLog log) throws IOException {
        if (!Peer.canBeTold()) {
            log.line("this system does not tell who connects, so clients have to show the secret file");
            return;
        }
        if (options.users().isEmpty() && options.groups().isEmpty()) {
            return;
        }
        if (options.users().isEmpty() && options.groups().size() == 1) {
            openTo(socket, options.groups().iterator().next(), log);
        } else {
            socket.openToAll();
        }
        if (!socket.reachable()) {
            log.line("other users cannot enter the directory of " + socket.path()
                    + "; give --socket in one that they can, such as /run/coffer");
        }
    }

    private static void openTo(SocketFile socket, String group, ServiceLog log) throws IOException {
        try {
            socket.openTo(group);
        } catch (IOException e) {
            log.failure("the socket cannot be given to the group " + group + ", so all may knock", e);
            socket.openToAll();
        }
    }

    private void begin() {
        listeners.forEach(Listener::start);
        long period = HOUSEKEEPING.toMillis();
        housekeeping.scheduleAtFixedRate(this::keepHouse, period, period, TimeUnit.MILLISECONDS);
    }

    private void keepHouse() {
        connections.cutStalled(STALLED);
        clients.forget(Clients.PATIENCE);
        logs.endPeriods(UserLogs.PERIOD);
    }

    private static Thread housekeeper(Runnable work) {
        Thread thread = new Thread(work, "coffer-service-housekeeping");
        thread.setDaemon(true);
        return thread;
    }

    /** The socket that it listens on. */
    public Optional<Path> socket() {
        return entrances.socket().map(SocketFile::path);
    }

    /** The port of 127.0.0.1 that it listens on. */
    public Optional<InetSocketAddress> tcp() {
        return entrances.tcp();
    }

    /** Takes no more connections, lets running calls finish within a bound, forgets the clients, removes the socket. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            hsm.withdrawService();
            entrances.close();
            for (Listener listener : listeners) {
                listener.awaitEnd();
            }
            connections.end(GRACE);
        } catch (IOException e) {
            throw HsmException.storeUnavailable("the socket " + socket().orElseThrow() + " cannot be removed: " + e)
                    .causedBy(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            housekeeping.shutdown();
            clients.forget(Duration.ZERO);
            logs.endPeriods(Duration.ZERO);
            entrances.forget();
        }
    }

    private record Setting(List<ChannelService> services, ServiceLog log) {}
}
