package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A connection whose reads and writes wait no longer than until a deadline. For one thread at a time. */
final class TimedChannel implements ByteChannel {

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private long deadline;

    TimedChannel(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        this.channel = channel;
        this.selector = Selector.open();
        this.key = channel.register(selector, 0);
    }

    /** @param nanos on the clock of {@link System#nanoTime} */
    void waitUntil(long nanos) {
        deadline = nanos;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int count = channel.read(into);
        while (count == 0 && into.hasRemaining()) {
            await(SelectionKey.OP_READ);
            count = channel.read(into);
        }
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int count = channel.write(from);
        while (count == 0 && from.hasRemaining()) {
            await(SelectionKey.OP_WRITE);
            count = channel.write(from);
        }
        return count;
    }

    private void await(int operation) throws IOException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new DeadlineException();
        }
        key.interestOps(operation);
        selector.select(left / 1_000_000 + 1);
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while waiting for the service");
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            channel.close();
        }
    }
}
