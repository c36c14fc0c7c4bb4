package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Gives each connection its thread. */
final class Threads {

    /** A platform thread's default is several times more than a call needs. */
    private static final long STACK_BYTES = 512 * 1024;

    private final Connections connections;
    private final Reception reception;
    private final UserLogs logs;
    private final AtomicLong number = new AtomicLong();

    Threads(Connections connections, Reception reception, UserLogs logs) {
        this.connections = connections;
        this.reception = reception;
        this.logs = logs;
    }

    void serve(Connection connection) {
        connections
                .admit(connection)
                .ifPresentOrElse(
                        rejection -> turnAway(connection, rejection),
                        () -> start(connection, () -> connection.serve(reception)));
    }

    /** Reads the greeting of one that has to show the secret. */
    void examine(Connection connection, SecretFile secret) {
        connections.turnAway(connection);
        start(connection, () -> connection.serve(reception, new Examination(secret, connections)));
    }

    void turnAway(Connection connection, Rejection rejection) {
        log(connection).line("turned a connection of user " + connection.peer().user() + " away: " + rejection.why());
        connections.turnAway(connection);
        start(connection, () -> connection.turnAway(rejection));
    }

    private void start(Connection connection, Work work) {
        String name = "coffer-connection-" + number.incrementAndGet();
        Thread thread = new Thread(null, () -> run(connection, work), name, STACK_BYTES);
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError e) { // the operating system gives no more threads; those that run go on
            log(connection)
                    .failure(
                            "no thread for a connection of user "
                                    + connection.peer().user(),
                            e);
            end(connection);
        }
    }

    private void run(Connection connection, Work work) {
        try {
            work.run();
        } catch (BrokenFrameException e) {
            log(connection)
                    .failure("closed a connection of user " + connection.peer().user(), e);
        } catch (OutOfMemoryError e) { // of large messages; the other connections go on
            log(connection)
                    .failure("cut a connection of user " + connection.peer().user(), e);
        } catch (IOException e) { // the other side went away: its program ended
        } finally {
            end(connection);
        }
    }

    private void end(Connection connection) {
        try {
            connection.cut();
        } catch (IOException e) {
            log(connection).failure("a connection was not closed cleanly", e);
        } finally {
            connections.remove(connection);
        }
    }

    private ServiceLog log(Connection connection) {
        return logs.of(connection.peer().user());
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }
}
