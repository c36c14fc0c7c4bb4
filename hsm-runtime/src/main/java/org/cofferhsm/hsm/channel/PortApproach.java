package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** To a port of this machine, where anybody may listen. */
record PortApproach(SocketAddress port) implements Approach {

    @Override
    public SocketChannel connect(long deadline) throws IOException {
        SocketChannel channel = SocketChannel.open();
        boolean done = false;
        try {
            connect(channel, deadline);
            done = true;
            return channel;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    private void connect(SocketChannel channel, long deadline) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (!channel.connect(port)) {
            await(channel, deadline);
        }
        // Where nobody listens, a socket that happens to get the very port it connects to is connected to itself.
        if (port.equals(channel.getLocalAddress())) {
            throw new ConnectException("Connection refused");
        }
    }

    private static void await(SocketChannel channel, long deadline) throws IOException {
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_CONNECT);
            while (!channel.finishConnect()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new DeadlineException();
                }
                selector.select(left / 1_000_000 + 1);
                if (Thread.currentThread().isInterrupted()) {
                    throw new IOException("interrupted while connecting");
                }
            }
        }
    }
}
