package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.function.Function;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** One connection to the service, for one call at a time. */
final class Link implements AutoCloseable {

    private final TimedChannel channel;
    private final FrameReader replies;
    private final FrameWriter requests;
    private long lastId;

    Link(SocketChannel socket) throws IOException {
        this.channel = new TimedChannel(socket);
        this.replies = new FrameReader(channel, new Stall(), FrameRoom.UNLIMITED);
        this.requests = new FrameWriter(channel);
    }

    /** Sends the greeting and gives its reply, which is valid until the next; a small one, for nobody knows yet who answers. */
    Frame greet(MessageWriter fields, long deadline) throws IOException {
        send(Greeting.OPERATION, fields, deadline);
        return reply(replies.nextSmall());
    }

    private Frame exchange(int operation, MessageWriter fields, long deadline) throws IOException {
        send(operation, fields, deadline);
        return reply(replies.next());
    }

    private Frame reply(Optional<Frame> found) throws IOException {
        Frame reply = found.orElseThrow(() -> new BrokenFrameException("the service closed the connection"));
        if (reply.id() != lastId) {
            throw new BrokenFrameException("the reply is not one to the request");
        }
        return reply;
    }

    private void send(int operation, MessageWriter fields, long deadline) throws IOException {
        channel.waitUntil(deadline);
        try {
            requests.write(++lastId, operation, fields);
        } catch (IOException e) {
            throw new NotSentException(e);
        }
    }

    /** Makes a call and reads its results. */
    <T> T call(Request request, long deadline, Function<MessageReader, T> results) throws IOException {
        Frame reply = exchange(request.operation(), request.fields(), deadline);
        try {
            return results.apply(Replies.results(reply, request.operation()));
        } finally {
            forget();
        }
    }

    /** Wipes the last reply. */
    void forget() {
        replies.forget();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    record Request(int operation, MessageWriter fields) {}
}
