package org.cofferhsm.hsm.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.cofferhsm.hsm.spi.ClientCalls;

/** The clients of the service. One that has had no connection for a while is forgotten, with what it has open. */
final class Clients {

    /** How long a client may be without a connection. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int most;
    private final ServiceLog log;
    private final Map<Key, Entry> entries = new HashMap<>();

    Clients(int most, ServiceLog log) {
        this.most = most;
        this.log = log;
    }

    /** Counts a connection to a client; a new one begins its calls. Complains by {@link BusyException}. */
    synchronized Membership join(Key key, Supplier<ClientCalls> beginning) {
        Entry entry = entries.get(key);
        boolean known = entry != null;
        if (entry == null) {
            requireRoom(key.user());
            entry = new Entry(beginning.get());
            entries.put(key, entry);
        }
        entry.connections++;
        return new Membership(known, entry.calls);
    }

    /** Some room stays for others than the one user whose programs come and go. */
    private void requireRoom(String user) {
        if (entries.size() >= most) {
            throw new BusyException("the service has " + most + " clients, which is its limit");
        }
        int mostOfUser = most - most / 4;
        if (entries.keySet().stream().filter(key -> key.user().equals(user)).count() >= mostOfUser) {
            throw new BusyException(
                    "the user " + user + " has " + mostOfUser + " clients, which is the limit of one user");
        }
    }

    /** Counts it no longer. */
    synchronized void leave(Key key) {
        Entry entry = entries.get(key);
        if (entry != null) {
            entry.connections--;
            entry.idleSince = System.nanoTime();
        }
    }

    synchronized int count() {
        return entries.size();
    }

    /** Forgets those who have been without a connection for so long. */
    void forget(Duration patience) {
        idle(patience).forEach(this::close);
    }

    private synchronized List<ClientCalls> idle(Duration patience) {
        List<ClientCalls> gone = new ArrayList<>();
        long now = System.nanoTime();
        for (Iterator<Entry> all = entries.values().iterator(); all.hasNext(); ) {
            Entry entry = all.next();
            if (entry.connections == 0 && now - entry.idleSince >= patience.toNanos()) {
                all.remove();
                gone.add(entry.calls);
            }
        }
        return gone;
    }

    private void close(ClientCalls calls) {
        try {
            calls.close();
        } catch (RuntimeException e) { // the others have to be forgotten all the same
            log.failure("a client was not forgotten cleanly", e);
        }
    }

    /** Who is one client. */
    record Key(String service, String user, ClientNumber number) {}

    /** @param known whether the client was there before */
    record Membership(boolean known, ClientCalls calls) {}

    private static final class Entry {

        private final ClientCalls calls;
        private int connections;
        private long idleSince;

        private Entry(ClientCalls calls) {
            this.calls = calls;
        }
    }
}
