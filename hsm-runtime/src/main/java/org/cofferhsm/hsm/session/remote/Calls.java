package org.cofferhsm.hsm.session.remote;

import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.cofferhsm.hsm.user.UserInfo;

/** The calls of one session: requests that carry its number. */
final class Calls implements AutoCloseable {

    private final ServiceClient client;
    private final RemoteLogin login;
    private final AbandonedStreams streams = new AbandonedStreams();
    private volatile boolean closed;

    Calls(ServiceClient client, RemoteLogin login) {
        this.client = client;
        this.login = login;
    }

    <T> T call(Operation operation, Consumer<MessageWriter> fields, Function<MessageReader, T> results) {
        requireOpen();
        cancelAbandoned();
        login.keepFresh(this::refresh);
        return send(operation, fields, results);
    }

    /** A call without results. */
    void run(Operation operation, Consumer<MessageWriter> fields) {
        call(operation, fields, in -> operation);
    }

    private <T> T send(Operation operation, Consumer<MessageWriter> fields, Function<MessageReader, T> results) {
        try {
            return client.call(operation, out -> fields.accept(out.u64(login.number())), results);
        } catch (HsmException e) {
            if (e.reason() == Reason.SESSION_CLOSED) {
                login.requireResumed(); // this very call may have found that out, and there it says more
            }
            throw e;
        }
    }

    /** Complains by {@code sessionClosed}. */
    void requireOpen() {
        if (closed) {
            throw HsmException.sessionClosed("the session of " + login.user().name() + " is closed; log in again");
        }
        login.requireResumed();
    }

    /** Who is logged in; after the end of the session, as last seen. */
    UserInfo user() {
        return closed ? login.user() : login.seen(call(Operation.USER, out -> {}, UserFields::user));
    }

    AbandonedStreams streams() {
        return streams;
    }

    /** Gets a new ticket. */
    void refresh() {
        login.hold(send(Operation.REFRESH, out -> {}, MessageReader::bytes));
    }

    private void cancelAbandoned() {
        for (OptionalLong number = streams.poll(); number.isPresent(); number = streams.poll()) {
            cancel(number.getAsLong());
        }
    }

    /** Ends an operation in parts; where the session or the service has ended, so has the operation. */
    void cancel(long stream) {
        if (!closed) {
            unlessGone(() -> send(Operation.CANCEL, out -> out.u64(stream), in -> stream));
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            client.forget(login);
            unlessGone(() -> send(Operation.CLOSE, out -> {}, in -> closed));
        }
    }

    /** What is to be ended has ended where the service or the session is gone. */
    private static void unlessGone(Runnable ending) {
        try {
            ending.run();
        } catch (HsmException e) {
            if (e.reason() != Reason.SERVICE_UNAVAILABLE && e.reason() != Reason.SESSION_CLOSED) {
                throw e;
            }
        }
    }
}
