package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.nio.channels.SocketChannel;
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

    /** Sends a request and gives its reply, which is valid until the next. */
    Frame exchange(int operation, MessageWriter fields, long deadline) throws IOException {
        channel.waitUntil(deadline);
        long id = ++lastId;
        send(id, operation, fields);
        Frame reply = replies.next().orElseThrow(() -> new BrokenFrameException("the service closed the connection"));
        if (reply.id() != id) {
            throw new BrokenFrameException("the reply is not one to the request");
        }
        return reply;
    }

    private void send(long id, int operation, MessageWriter fields) throws IOException {
        try {
            requests.write(id, operation, fields);
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
            replies.forget();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    record Request(int operation, MessageWriter fields) {}
}
