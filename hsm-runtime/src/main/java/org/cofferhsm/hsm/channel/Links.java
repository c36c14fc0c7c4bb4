package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.jspecify.annotations.Nullable;

/** The connections of one client: those in use, and idle ones to be used again. */
final class Links {

    private static final int MOST_IDLE = 16;
    private static final int GREETING_BYTES = 512;

    private final Door door;
    private final Greeting greeting;
    private final Resumption resumption;
    private final ConcurrentLinkedDeque<Link> idle = new ConcurrentLinkedDeque<>();
    private volatile @Nullable Welcome welcome;
    private volatile boolean closed;
    private boolean established;
    private boolean resumptionOwed;

    Links(Door door, String service, Resumption resumption) {
        this.door = door;
        this.resumption = resumption;
        this.greeting = new Greeting(
                service, ClientNumber.draw(), ProcessHandle.current().pid(), "java");
    }

    /** Where the service listens. */
    Door door() {
        return door;
    }

    Welcome welcome() {
        Welcome last = welcome;
        if (last == null) {
            throw new IllegalStateException("not greeted yet");
        }
        return last;
    }

    /** A connection for one call. */
    Link take(long deadline) {
        if (closed) {
            throw HsmException.serviceUnavailable("this client of " + door + " was closed");
        }
        Link link = idle.pollFirst();
        return link == null ? connect(deadline) : link;
    }

    /** Takes it back for the next call. */
    void give(Link link) {
        if (closed || idle.size() >= MOST_IDLE) {
            discard(link);
        } else {
            idle.addFirst(link);
        }
    }

    /** It failed; so will those that are as old. */
    void drop(Link link) {
        discard(link);
        discardIdle();
    }

    void close() {
        closed = true;
        discardIdle();
    }

    private void discardIdle() {
        for (Link link = idle.pollFirst(); link != null; link = idle.pollFirst()) {
            discard(link);
        }
    }

    private static void discard(Link link) {
        try {
            link.close();
        } catch (IOException e) {
            throw HsmException.internal("a connection to the service cannot be closed: " + e.getMessage())
                    .causedBy(e);
        }
    }

    /** One after the other, so that none is used before the first has resumed. */
    private synchronized Link connect(long deadline) {
        try {
            Link link = new Link(door.open(deadline));
            boolean done = false;
            try {
                greet(link, deadline);
                done = true;
                return link;
            } finally {
                if (!done) {
                    discard(link);
                }
            }
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private void greet(Link link, long deadline) throws IOException {
        Optional<SecretFile> secret = door.secret();
        Welcome answer;
        try {
            answer = greet(link, deadline, secret);
        } catch (MalformedMessageException e) {
            throw HsmException.serviceRefused("what answers on " + door
                            + " does not speak Coffer's protocol; nothing but a greeting was sent")
                    .causedBy(e);
        } finally {
            secret.ifPresent(SecretFile::wipe);
        }
        establish(link, deadline, answer);
    }

    private Welcome greet(Link link, long deadline, Optional<SecretFile> secret) throws IOException {
        MessageWriter fields = new MessageWriter(GREETING_BYTES);
        byte[] token = secret.map(SecretFile::shown).orElseGet(() -> new byte[0]);
        try {
            greeting.write(fields, token);
            MessageReader body = Replies.welcome(link.greet(fields, deadline), greeting.service());
            Welcome answer = Welcome.read(body);
            secret.ifPresent(known -> door.requireProof(known, body));
            return answer;
        } finally {
            fields.clear();
            Arrays.fill(token, (byte) 0);
            link.forget();
        }
    }

    private void establish(Link link, long deadline, Welcome answer) {
        requireSameModule(answer);
        resumptionOwed |= established && !answer.known();
        welcome = answer;
        if (resumptionOwed) {
            resumption.resume(new Resuming(link, deadline, this::lost));
            resumptionOwed = false;
        }
        established = true;
    }

    private void requireSameModule(Welcome answer) {
        Welcome before = welcome;
        if (before != null && !before.serial().equals(answer.serial())) {
            throw HsmException.serviceRefused("another module is served on " + door + " than before");
        }
    }

    private HsmException lost(IOException cause) {
        return HsmException.serviceUnavailable("the service on " + door + " did not answer: " + cause.getMessage())
                .causedBy(cause);
    }

    /** Makes the calls of a resumption. */
    private record Resuming(Link link, long deadline, Function<IOException, HsmException> lost)
            implements Resumption.Caller {

        @Override
        public <T> T call(int operation, MessageWriter fields, Function<MessageReader, T> results) {
            try {
                return link.call(new Link.Request(operation, fields), deadline, results);
            } catch (IOException e) {
                throw lost.apply(e);
            }
        }
    }
}
