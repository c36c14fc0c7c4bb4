package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The open connections, within limits. */
final class Connections {

    /** How many may greet at once that are turned away, or have to show the secret first. */
    static final int TURNED_AWAY_AT_ONCE = 64;

    /** How long a thread has to notice that its connection was cut. */
    private static final long CUT_NANOS = 1_000_000_000;

    private final Limits limits;
    private final ServiceLog log;
    private final Set<Connection> admitted = new HashSet<>();
    private final Set<Connection> turnedAway = new LinkedHashSet<>();
    private final Map<String, Integer> byUser = new HashMap<>();

    Connections(Limits limits, ServiceLog log) {
        this.limits = limits;
        this.log = log;
    }

    /** Counts a connection, or says which limit is in its way. */
    synchronized Optional<Rejection> admit(Connection connection) {
        if (admitted.size() >= limits.connections()) {
            return Optional.of(
                    Rejection.busy("the service has " + limits.connections() + " connections, which is its limit"));
        }
        String user = connection.peer().user();
        if (byUser.getOrDefault(user, 0) >= limits.connectionsPerUser()) {
            return Optional.of(Rejection.busy("the user " + user + " has " + limits.connectionsPerUser()
                    + " connections, which is the limit of one user"));
        }
        turnedAway.remove(connection);
        admitted.add(connection);
        byUser.merge(user, 1, Integer::sum);
        return Optional.empty();
    }

    /** Gives it time to greet, or to hear why it is turned away. Who only waits keeps nobody out: the oldest is cut. */
    synchronized void turnAway(Connection connection) {
        if (turnedAway.size() >= TURNED_AWAY_AT_ONCE) {
            Connection oldest = turnedAway.iterator().next();
            turnedAway.remove(oldest);
            cut(oldest);
        }
        turnedAway.add(connection);
    }

    synchronized void remove(Connection connection) {
        turnedAway.remove(connection);
        if (admitted.remove(connection)) {
            byUser.computeIfPresent(connection.peer().user(), (user, count) -> count == 1 ? null : count - 1);
        }
        notifyAll();
    }

    synchronized int count() {
        return admitted.size();
    }

    /** Cuts those whose other side has left something unfinished for so long. */
    void cutStalled(Duration patience) {
        for (Connection connection : all()) {
            if (connection.stalledLongerThan(patience)) {
                log.line("cut a connection of user " + connection.peer().user()
                        + ", which left a message unfinished for " + patience.toSeconds() + " seconds");
                cut(connection);
            }
        }
    }

    /** Ends all: lets running calls finish for so long, then cuts. */
    void end(Duration patience) throws InterruptedException {
        all().forEach(this::retire);
        awaitNone(System.nanoTime() + patience.toNanos());
        all().forEach(this::cut);
        awaitNone(System.nanoTime() + CUT_NANOS);
    }

    private synchronized void awaitNone(long deadline) throws InterruptedException {
        for (long left = deadline - System.nanoTime(); !none() && left > 0; left = deadline - System.nanoTime()) {
            wait(left / 1_000_000 + 1);
        }
    }

    private boolean none() {
        return admitted.isEmpty() && turnedAway.isEmpty();
    }

    private synchronized List<Connection> all() {
        List<Connection> all = new ArrayList<>(admitted);
        all.addAll(turnedAway);
        return all;
    }

    private void retire(Connection connection) {
        try {
            connection.retire();
        } catch (IOException e) { // it has gone by itself, or is cut soon
            log.failure("a connection was not ended cleanly", e);
        }
    }

    private void cut(Connection connection) {
        try {
            connection.cut();
        } catch (IOException e) {
            log.failure("a connection was not cut cleanly", e);
        }
    }
}
