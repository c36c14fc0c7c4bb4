package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import org.cofferhsm.hsm.spi.MessageWriter;

/** One connection: a greeting, then one request after the other, each answered before the next is read. */
final class Connection {

    private static final int REPLY_BYTES = 1024;

    private final SocketChannel channel;
    private final Peer peer;
    private final Stall stall = new Stall();
    private final FrameReader requests;
    private final FrameWriter replies;
    private final MessageWriter reply = new MessageWriter(REPLY_BYTES);

    Connection(SocketChannel channel, Peer peer, FrameRoom room) {
        this.channel = channel;
        this.peer = peer;
        this.requests = new FrameReader(channel, stall, room);
        this.replies = new FrameWriter(channel);
    }

    Peer peer() {
        return peer;
    }

    /** Answers until the other side has gone, or is not wanted. */
    void serve(Reception reception) throws IOException {
        stall.begin(); // who connects has to greet soon
        try {
            Optional<Frame> first = requests.nextSmall();
            if (first.isPresent()) {
                greet(first.get(), reception.receive(first.get(), peer, reply));
            }
        } finally {
            requests.forget();
            reply.clear();
        }
    }

    /** The same where the greeting has to show the secret. */
    void serve(Reception reception, Examination examination) throws IOException {
        stall.begin();
        try {
            Optional<Frame> first = requests.nextSmall();
            if (first.isPresent()) {
                examine(first.get(), reception, examination);
            }
        } finally {
            requests.forget();
            reply.clear();
        }
    }

    private void examine(Frame greeting, Reception reception, Examination examination) throws IOException {
        Optional<Rejection> rejection = examination.examine(greeting, this);
        if (rejection.isPresent()) {
            reply.text(rejection.get().why());
            send(greeting, rejection.get().status().code());
            return;
        }
        Reception.Answer answer = reception.receive(greeting, peer, reply);
        if (answer.status() == 0) {
            reply.bytes(examination.secret().proof());
        }
        greet(greeting, answer);
    }

    private void greet(Frame greeting, Reception.Answer answer) throws IOException {
        try (answer) {
            send(greeting, answer.status());
            if (answer.calls().isPresent()) {
                answerAll(answer.calls().get());
            }
        }
    }

    /** Says why it is turned away in the reply to its greeting. */
    void turnAway(Rejection rejection) throws IOException {
        stall.begin();
        Optional<Frame> first = requests.nextSmall();
        if (first.isPresent()) {
            reply.text(rejection.why());
            send(first.get(), rejection.status().code());
        }
    }

    private void answerAll(GuardedCalls calls) throws IOException {
        for (Optional<Frame> next = requests.next(); next.isPresent(); next = requests.next()) {
            Frame request = next.get();
            send(request, calls.call(request, reply));
        }
    }

    private void send(Frame request, int status) throws IOException {
        stall.begin();
        replies.write(request.id(), status, reply);
        stall.end();
        reply.clear();
    }

    boolean stalledLongerThan(Duration patience) {
        return stall.longerThan(patience);
    }

    /** Lets the running call finish and reads nothing more. */
    void retire() throws IOException {
        if (channel.isConnected()) {
            channel.shutdownInput();
        }
    }

    /** Ends it at once, from outside. */
    void cut() throws IOException {
        channel.close();
    }
}
