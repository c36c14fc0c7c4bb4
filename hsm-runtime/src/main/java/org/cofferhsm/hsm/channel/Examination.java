package org.cofferhsm.hsm.channel;

import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;

/** Whether a greeting shows the secret, and there is room for who sent it. */
record Examination(SecretFile secret, Connections connections) {

    /** Why not; what is no greeting of this version is passed on, to be turned away by who answers greetings. */
    Optional<Rejection> examine(Frame greeting, Connection connection) {
        try {
            MessageReader body = new MessageReader(greeting.body().duplicate());
            boolean known = greeting.code() == Greeting.OPERATION && Greeting.version(body) == Greeting.VERSION;
            return known ? examine(Greeting.token(body), connection) : Optional.empty();
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    private Optional<Rejection> examine(byte[] token, Connection connection) {
        boolean right = secret.opensTo(token);
        Arrays.fill(token, (byte) 0);
        return right
                ? connections.admit(connection)
                : Optional.of(Rejection.refused("the greeting did not show what the service's secret file contains;"
                        + " give the program the same file as token-file"));
    }
}
