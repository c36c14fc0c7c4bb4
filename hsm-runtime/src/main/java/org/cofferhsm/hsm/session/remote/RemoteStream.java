package org.cofferhsm.hsm.session.remote;

import java.util.Objects;
import java.util.function.Consumer;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** An operation in parts that runs in the service, under a number that the client chose. */
final class RemoteStream {

    private final Calls calls;
    private final long number;
    private boolean ended;

    private RemoteStream(Calls calls, long number) {
        this.calls = calls;
        this.number = number;
    }

    static RemoteStream start(Calls calls, Operation operation, Consumer<MessageWriter> fields) {
        RemoteStream stream = new RemoteStream(calls, calls.streams().next());
        calls.run(operation, out -> fields.accept(out.u64(stream.number)));
        calls.streams().watch(stream, stream.number);
        return stream;
    }

    /** Sends data, in as many messages as it takes; gives what is ready. */
    byte[] update(byte[] data, int offset, int length) {
        requireTaking(data, offset, length);
        Pieces ready = new Pieces();
        int done = 0;
        do {
            int part = Math.min(Wire.PART, length - done);
            ready.add(send(data, offset + done, part));
            done += part;
        } while (done < length);
        return ready.joined();
    }

    void requireTaking(byte[] data, int offset, int length) {
        requireGoingOn();
        Objects.checkFromIndexSize(offset, length, data.length);
    }

    private byte[] send(byte[] data, int offset, int length) {
        return calls.call(
                Operation.UPDATE, out -> Wire.range(out.u64(number), data, offset, length), MessageReader::bytes);
    }

    /** Sends the last data and gives the rest of the output. */
    byte[] finish(Collected last) {
        end();
        Pieces output = new Pieces();
        boolean more = calls.call(Operation.FINISH, out -> last.write(out.u64(number)), output::addPage);
        while (more) {
            more = calls.call(Operation.REST, out -> out.u64(number), output::addPage);
        }
        return output.joined();
    }

    /** Sends the last data; says whether the signature is authentic. */
    boolean finish(Collected last, byte[] signature) {
        end();
        return calls.call(
                Operation.FINISH_VERIFY,
                out -> {
                    last.write(out.u64(number));
                    out.bytes(signature);
                },
                Fields::flag);
    }

    private void requireGoingOn() {
        calls.requireOpen();
        if (ended) {
            throw HsmException.operationFinished("this operation has ended; start another");
        }
    }

    private void end() {
        requireGoingOn();
        ended = true;
        calls.streams().forget(number);
    }

    void close() {
        if (!ended) {
            ended = true;
            calls.streams().forget(number);
            calls.cancel(number);
        }
    }
}
