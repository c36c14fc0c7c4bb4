package org.cofferhsm.hsm.channel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.ChannelService;
import org.cofferhsm.hsm.spi.Client;
import org.cofferhsm.hsm.spi.ClientCalls;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** A service for tests: gives back what it gets, counts, waits and fails as it is told. */
final class EchoService implements ChannelService {

    static final int ECHO = 2;
    /** How many calls this client has made. */
    static final int COUNT = 3;
    /** Answers when {@link #release} is called. */
    static final int WAIT = 4;

    static final int DEFECT = 5;
    static final int REFUSAL = 6;
    /** A reply of so many bytes. */
    static final int BYTES = 7;

    static final int OWN_STATUS = 8;

    final AtomicInteger connected = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final CountDownLatch waiting = new CountDownLatch(1);
    private final List<Client> clients = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public String name() {
        return "echo";
    }

    void release() {
        released.countDown();
    }

    /** Those that have come. */
    List<Client> clients() {
        return List.copyOf(clients);
    }

    @Override
    public ClientCalls connect(Hsm hsm, Client client, java.util.function.Consumer<String> log) {
        connected.incrementAndGet();
        clients.add(client);
        return new Calls();
    }

    private final class Calls implements ClientCalls {

        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public int call(int operation, MessageReader request, MessageWriter reply) {
            calls.incrementAndGet();
            switch (operation) {
                case ECHO -> reply.bytes(request.bytes());
                case COUNT -> reply.u32(calls.get());
                case WAIT -> awaitRelease();
                case DEFECT -> throw new IllegalStateException("the deliberate defect");
                case REFUSAL -> throw HsmException.keyNotFound("the deliberate refusal of a call");
                case BYTES -> reply.raw(new byte[request.u32()]);
                case OWN_STATUS -> {
                    reply.u8(42);
                    return 0x30;
                }
                default -> {
                    return UNKNOWN_OPERATION;
                }
            }
            request.end();
            return DONE;
        }

        private void awaitRelease() {
            waiting.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
