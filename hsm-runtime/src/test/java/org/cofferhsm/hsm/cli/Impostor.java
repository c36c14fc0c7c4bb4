package org.cofferhsm.hsm.cli;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Another program on the service's port, which pretends to be it. */
final class Impostor {

    private Impostor() {}

    /** Answers a greeting as docs/channel.md has it, with that for a proof; gives all that it was sent. */
    static byte[] answerOnce(ServerSocket taken, byte[] proof) {
        try (Socket client = taken.accept()) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            byte[] greeting = in.readNBytes(in.readInt());
            ByteBuffer welcome = ByteBuffer.allocate(128).position(4);
            welcome.put(greeting, 0, 8).putInt(0).putShort((short) 1).put((byte) 0);
            welcome.putInt(16)
                    .put(new byte[16])
                    .putInt(1)
                    .put((byte) '1')
                    .putInt(proof.length)
                    .put(proof);
            welcome.putInt(0, welcome.position() - 4);
            client.getOutputStream().write(welcome.array(), 0, welcome.position());
            byte[] more = in.readAllBytes();
            byte[] all = Arrays.copyOf(greeting, greeting.length + more.length);
            System.arraycopy(more, 0, all, greeting.length, more.length);
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
