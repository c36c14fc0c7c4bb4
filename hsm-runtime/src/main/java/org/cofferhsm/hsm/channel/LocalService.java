package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.ChannelService;

/**
 * A module as a service of this machine: listens on a Unix domain socket, and lets those users in that may come
 * ({@code docs/channel.md}).
 */
public final class LocalService implements AutoCloseable {

    private static final Duration HOUSEKEEPING = Duration.ofSeconds(1);
    /** How long the other side may leave a message unfinished. */
    private static final Duration STALLED = Duration.ofSeconds(30);
    /** How long running calls have to finish when the service stops. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final SocketFile socket;
    private final Connections connections;
    private final Clients clients;
    private final Listener listener;
    private final UserLogs logs;
    private final ScheduledExecutorService housekeeping;
    private final Hsm hsm;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalService(Hsm hsm, SocketFile socket, ServiceOptions options, Setting setting) throws IOException {
        ServiceLog log = setting.log();
        this.hsm = hsm;
        this.socket = socket;
        this.logs = new UserLogs(log);
        this.connections = new Connections(options.limits(), log);
        this.clients = new Clients(options.limits().clients(), log);
        Admission admission = new Admission(socket.owner(), options.users(), options.groups(), new Memberships(log));
        List<ChannelService> services = new ArrayList<>(setting.services());
        services.add(new StatusService(admission, new Counts(clients, connections), Instant.now(), log));
        Reception reception = new Reception(hsm, services, clients, logs);
        this.listener = new Listener(socket, admission, new Threads(connections, reception, logs), log);
        this.housekeeping = Executors.newSingleThreadScheduledExecutor(LocalService::housekeeper);
        openDoor(options, log);
    }

    /**
     * Begins to serve.
     *
     * @param services what answers besides the status service
     */
    public static LocalService start(Hsm hsm, ServiceOptions options, List<ChannelService> services, ServiceLog log) {
        SocketFile socket = SocketFile.listen(options.socket());
        try {
            LocalService service = new LocalService(hsm, socket, options, new Setting(services, log));
            hsm.announceService(socket.path());
            service.begin();
            return service;
        } catch (IOException e) {
            throw abandoned(
                    socket,
                    HsmException.storeUnavailable("the socket " + socket.path() + " cannot be used: " + e)
                            .causedBy(e));
        } catch (RuntimeException e) {
            throw abandoned(socket, e);
        }
    }

    private static RuntimeException abandoned(SocketFile socket, RuntimeException failure) {
        try {
            socket.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private void openDoor(ServiceOptions options, ServiceLog log) throws IOException {
        if (options.users().isEmpty() && options.groups().isEmpty()) {
            return;
        }
        if (options.users().isEmpty() && options.groups().size() == 1) {
            openTo(options.groups().iterator().next(), log);
        } else {
            socket.openToAll();
        }
        if (!socket.reachable()) {
            log.line("other users cannot enter the directory of " + socket.path()
                    + "; give --socket in one that they can, such as /run/coffer");
        }
    }

    private void openTo(String group, ServiceLog log) throws IOException {
        try {
            socket.openTo(group);
        } catch (IOException e) {
            log.failure("the socket cannot be given to the group " + group + ", so all may knock", e);
            socket.openToAll();
        }
    }

    private void begin() {
        listener.start();
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

    /** Where it listens. */
    public java.nio.file.Path socket() {
        return socket.path();
    }

    /** Takes no more connections, lets running calls finish within a bound, forgets the clients, removes the socket. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            hsm.withdrawService();
            socket.close();
            listener.awaitEnd();
            connections.end(GRACE);
        } catch (IOException e) {
            throw HsmException.storeUnavailable("the socket " + socket.path() + " cannot be removed: " + e)
                    .causedBy(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            housekeeping.shutdown();
            clients.forget(Duration.ZERO);
            logs.endPeriods(Duration.ZERO);
        }
    }

    private record Setting(List<ChannelService> services, ServiceLog log) {}
}
