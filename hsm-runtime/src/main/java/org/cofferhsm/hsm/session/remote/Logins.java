package org.cofferhsm.hsm.session.remote;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.cofferhsm.hsm.SoftwareVersion;
import org.cofferhsm.hsm.channel.ChannelClient;
import org.cofferhsm.hsm.channel.Resumption;
import org.cofferhsm.hsm.channel.Welcome;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.jspecify.annotations.Nullable;

/** The sessions that one client has open, brought back when the service was restarted. */
final class Logins implements Resumption {

    private static final int REQUEST = 512;

    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, RemoteLogin> open = new ConcurrentHashMap<>();
    private volatile @Nullable ChannelClient channel;

    /** Whose connections the sessions have. */
    void belongTo(ChannelClient client) {
        channel = client;
    }

    /** A number that no other session of this client has or had. */
    long next() {
        return numbers.incrementAndGet();
    }

    void add(RemoteLogin login) {
        open.put(login.number(), login);
    }

    void remove(RemoteLogin login) {
        open.remove(login.number());
        login.wipe();
    }

    @Override
    public void resume(Caller service) {
        ChannelClient now = channel;
        if (now != null) {
            requireSameVersion(now.welcome());
        }
        open.values().forEach(login -> resume(login, service));
    }

    /** Both sides read and write the same fields only when they are of the same version. */
    static void requireSameVersion(Welcome welcome) {
        String own = SoftwareVersion.text();
        if (!welcome.softwareVersion().equals(own)) {
            throw HsmException.serviceRefused("the service is Coffer " + welcome.softwareVersion()
                    + ", and this program is Coffer " + own + "; restart the older one with the newer version");
        }
    }

    private static void resume(RemoteLogin login, Caller service) {
        byte[] ticket = login.ticket();
        MessageWriter request = new MessageWriter(REQUEST);
        try {
            request.u64(login.number()).bytes(ticket);
            login.hold(service.call(Operation.RESUME.code(), request, MessageReader::bytes));
        } catch (HsmException refusal) {
            loseOrComplain(login, refusal);
        } finally {
            request.clear();
            Arrays.fill(ticket, (byte) 0);
        }
    }

    /** One login that the service does not take back is no reason to lose the others; what passes is tried again. */
    private static void loseOrComplain(RemoteLogin login, HsmException refusal) {
        switch (refusal.reason()) {
            case PIN_INCORRECT, USER_LOCKED, USER_NOT_FOUND, SESSION_CLOSED -> login.lose(refusal);
            default -> throw refusal;
        }
    }
}
