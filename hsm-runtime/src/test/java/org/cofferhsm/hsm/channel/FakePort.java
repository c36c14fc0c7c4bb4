package org.cofferhsm.hsm.channel;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** Another program that has taken the port: answers the first greeting in a way of its own, and keeps what comes after it. */
final class FakePort implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final ServerSocket server;
    private final CompletableFuture<byte[]> afterwards = new CompletableFuture<>();

    private FakePort(ServerSocket server) {
        this.server = server;
    }

    /** @param answer of the greeting's frame without its length; nothing is sent where it is empty */
    static FakePort answering(UnaryOperator<byte[]> answer) throws IOException {
        FakePort port = new FakePort(new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")));
        Thread thread = new Thread(() -> port.serve(answer), "fake-port");
        thread.setDaemon(true);
        thread.start();
        return port;
    }

    private void serve(UnaryOperator<byte[]> answer) {
        try (Socket client = server.accept()) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            byte[] greeting = in.readNBytes(in.readInt());
            client.getOutputStream().write(answer.apply(greeting));
            ByteArrayOutputStream more = new ByteArrayOutputStream();
            in.transferTo(more);
            afterwards.complete(more.toByteArray());
        } catch (IOException e) {
            afterwards.completeExceptionally(e);
        }
    }

    /** The reply to that greeting, done. */
    static byte[] frame(byte[] greeting, MessageWriter body) {
        MessageReader asked = new MessageReader(ByteBuffer.wrap(greeting));
        byte[] written = new byte[body.size()];
        body.written().get(written);
        MessageWriter whole = new MessageWriter(256);
        whole.u32(12 + written.length).u64(asked.u64()).u32(0).raw(written);
        byte[] all = new byte[whole.size()];
        whole.written().get(all);
        return all;
    }

    /** A welcome without a proof. */
    static MessageWriter welcome() {
        return new MessageWriter(128).u16(1).u8(0).bytes(new byte[16]).text("1.0");
    }

    ServiceAddress address(Path secret) {
        return ServiceAddress.onPort(server.getLocalPort(), secret);
    }

    /** What the client sent after the greeting, until it hung up. */
    byte[] afterTheGreeting() {
        return afterwards.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
