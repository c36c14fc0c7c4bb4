package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * The program of a user who has put a socket where the service's would be: says how many bytes the first who connects
 * sends it. Without any other class, so that it can be copied to where that user may read it.
 */
final class ForeignServer {

    private ForeignServer() {}

    public static void main(String[] args) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(Path.of(args[0]));
        try (ServerSocketChannel server =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address)) {
            System.out.println("listening");
            try (SocketChannel caller = server.accept()) {
                System.out.println("received " + caller.read(ByteBuffer.allocate(4096)));
            }
        }
    }
}
