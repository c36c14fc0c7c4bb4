package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The program of a user who may not connect: greets and says what status came back. Without any other class, so that it
 * can be copied to where that user may read it.
 */
final class ForeignUser {

    private ForeignUser() {}

    public static void main(String[] args) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(Path.of(args[0])))) {
            byte[] service = "status".getBytes(StandardCharsets.US_ASCII);
            ByteBuffer greeting = ByteBuffer.allocate(128).putInt(0).putLong(1).putInt(1);
            greeting.putInt(0x434f4652)
                    .putShort((short) 1)
                    .putInt(service.length)
                    .put(service);
            greeting.putLong(ProcessHandle.current().pid())
                    .putLong(0)
                    .putLong(4711)
                    .putInt(0)
                    .putInt(0);
            greeting.putInt(0, greeting.position() - 4);
            channel.write(greeting.flip());
            ByteBuffer reply = ByteBuffer.allocate(4096);
            while (reply.position() < 16 && channel.read(reply) >= 0) {
                // the rest of the header
            }
            System.out.println("status " + Integer.toHexString(reply.getInt(12)));
        }
    }
}
