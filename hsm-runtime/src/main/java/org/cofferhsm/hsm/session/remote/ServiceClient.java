package org.cofferhsm.hsm.session.remote;

import java.util.function.Consumer;
import java.util.function.Function;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.channel.ChannelClient;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** A program's way to the service that owns a module: users log in here, any number of them. Safe for several threads. */
public final class ServiceClient implements AutoCloseable {

    private static final int USUAL_REQUEST = 512;

    private final ChannelClient channel;
    private final Logins logins;

    private ServiceClient(ChannelClient channel, Logins logins) {
        this.channel = channel;
        this.logins = logins;
    }

    /**
     * Connects to the service that listens there. Complains by {@code serviceUnavailable} where nobody answers, and by
     * {@code serviceRefused}, also when the service is of another version of Coffer.
     */
    public static ServiceClient connect(ServiceAddress service) {
        Logins logins = new Logins();
        ChannelClient channel = ChannelClient.connect(service, SessionService.NAME, logins);
        try {
            Logins.requireSameVersion(channel.welcome());
            logins.belongTo(channel);
            return new ServiceClient(channel, logins);
        } catch (HsmException e) {
            channel.close();
            throw e;
        }
    }

    /** Logs a user in, as {@link Hsm#login} does. The PIN stays the caller's to wipe. */
    public Session login(String userName, char[] pin) {
        long number = logins.next();
        RemoteLogin login = call(
                Operation.LOGIN,
                out -> out.u64(number).text(userName).secretText(pin),
                in -> new RemoteLogin(number, UserFields.user(in), in.bytes()));
        logins.add(login);
        return new RemoteSession(new Calls(this, login));
    }

    <T> T call(Operation operation, Consumer<MessageWriter> fields, Function<MessageReader, T> results) {
        MessageWriter request = new MessageWriter(USUAL_REQUEST);
        try {
            fields.accept(request);
            Wire.requireRoom(request.size());
            return channel.call(operation.code(), request, operation.treatment(), results);
        } catch (MalformedMessageException e) {
            throw HsmException.internal("the service's answer to " + operation.text() + " cannot be read")
                    .causedBy(e);
        } finally {
            request.clear();
        }
    }

    void forget(RemoteLogin login) {
        logins.remove(login);
    }

    /** Ends all sessions. */
    @Override
    public void close() {
        channel.close();
    }
}
