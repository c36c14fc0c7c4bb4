package org.cofferhsm.ekm.doctor;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A connection on which nothing is waited for longer than that. For one thread. */
final class TimedConnection implements AutoCloseable {

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final Duration patience;

    private TimedConnection(SocketChannel channel, Selector selector, Duration patience) throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.patience = patience;
        channel.configureBlocking(false);
        this.key = channel.register(selector, SelectionKey.OP_READ);
    }

    static TimedConnection open(SocketAddress address, Duration patience) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        try {
            return new TimedConnection(channel, Selector.open(), patience);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    ByteBuffer exactly(int bytes) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(bytes);
        while (all.hasRemaining()) {
            int got = channel.read(all);
            if (got < 0) {
                throw new EOFException("it closed the connection");
            }
            if (got == 0) {
                await(SelectionKey.OP_READ);
            }
        }
        return all.flip();
    }

    private void await(int operation) throws IOException {
        key.interestOps(operation);
        if (selector.select(patience.toMillis()) == 0) {
            throw new SocketTimeoutException("it does not answer within " + patience.toSeconds() + " seconds");
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            selector.close();
        }
    }
}
