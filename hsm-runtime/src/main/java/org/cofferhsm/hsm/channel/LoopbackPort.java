package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.cofferhsm.hsm.error.HsmException;

/** A TCP port of 127.0.0.1, and of no other address. */
final class LoopbackPort implements Entrance {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int BACKLOG = 1024;

    private final ServerSocketChannel server;
    private final InetSocketAddress address;

    private LoopbackPort(ServerSocketChannel server) throws IOException {
        this.server = server;
        this.address = (InetSocketAddress) server.getLocalAddress();
    }

    /** Listens; complains by {@code moduleInUse} where another program does. */
    static LoopbackPort listen(int port) {
        try {
            return bound(port);
        } catch (BindException e) {
            throw HsmException.moduleInUse("127.0.0.1:" + port + " cannot be had (" + e.getMessage()
                            + "); end the program that listens there, or give another --tcp")
                    .causedBy(e);
        } catch (IOException e) {
            throw HsmException.storeUnavailable("no TCP socket can be made: " + e)
                    .causedBy(e);
        }
    }

    private static LoopbackPort bound(int port) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), BACKLOG);
            return new LoopbackPort(server);
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    InetSocketAddress address() {
        return address;
    }

    @Override
    public SocketChannel accept() throws IOException {
        SocketChannel channel = server.accept();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    @Override
    public String toString() {
        return "127.0.0.1:" + address.getPort();
    }
}
