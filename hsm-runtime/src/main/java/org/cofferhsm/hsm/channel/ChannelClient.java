package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.util.function.Function;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/**
 * A Java client of one service of the channel. Safe for use by several threads: each call in flight has a connection for
 * itself. Every call ends by its deadline; after a loss the next one connects again.
 */
public final class ChannelClient implements AutoCloseable {

    private static final int ATTEMPTS = 3;

    private final Links links;

    private ChannelClient(Links links) {
        this.links = links;
    }

    /** Connects to the service of that name; for a client that keeps nothing there. */
    public static ChannelClient connect(ServiceAddress service, String name) {
        return connect(service, name, Resumption.NONE);
    }

    /**
     * Connects to the service of that name. Complains by {@code serviceUnavailable} where nobody answers or there is no
     * room, and by {@code serviceRefused} where either side does not trust the other.
     */
    public static ChannelClient connect(ServiceAddress service, String name, Resumption resumption) {
        Links links = new Links(new Door(service), name, resumption);
        links.give(links.take(deadline(Treatment.ONCE)));
        return new ChannelClient(links);
    }

    /** What the service said at the last greeting. */
    public Welcome welcome() {
        return links.welcome();
    }

    /**
     * Makes a call.
     *
     * @param fields stay the caller's to wipe
     * @param results reads the reply, which is gone when it returns
     */
    public <T> T call(int operation, MessageWriter fields, Treatment treatment, Function<MessageReader, T> results) {
        Link.Request request = new Link.Request(operation, fields);
        long deadline = deadline(treatment);
        for (int attempt = 1; ; attempt++) {
            Link link = links.take(deadline);
            try {
                T result = link.call(request, deadline, results);
                links.give(link);
                return result;
            } catch (IOException e) {
                links.drop(link);
                requireAnotherTry(e, treatment, attempt);
            } catch (RuntimeException e) { // the service's answer, or the reader of the results
                links.give(link);
                throw e;
            }
        }
    }

    /** What was not sent was not done; what was sent may have been. */
    private void requireAnotherTry(IOException loss, Treatment treatment, int attempt) {
        boolean harmless = loss instanceof NotSentException || treatment.repeatable();
        boolean late = loss instanceof DeadlineException || loss.getCause() instanceof DeadlineException;
        if (late || !harmless || attempt == ATTEMPTS) {
            throw HsmException.serviceUnavailable("the service on " + links.door() + " was lost during a call ("
                            + loss.getMessage() + "); "
                            + (loss instanceof NotSentException
                                    ? "it was not done"
                                    : "whether it was done is not known"))
                    .causedBy(loss);
        }
    }

    private static long deadline(Treatment treatment) {
        return System.nanoTime() + treatment.deadline().toNanos();
    }

    /** Closes all connections; the service forgets this client soon. */
    @Override
    public void close() {
        links.close();
    }
}
