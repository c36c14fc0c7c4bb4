package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** What the service answers on operations in parts; the client numbers them. */
final class StreamAnswers {

    private StreamAnswers() {}

    static void startEncrypt(ServedSession served, MessageReader in, MessageWriter out) {
        start(served, in, (session, key, algorithm) -> new ServedCipher(session.startEncrypt(key, algorithm)));
    }

    static void startDecrypt(ServedSession served, MessageReader in, MessageWriter out) {
        start(served, in, (session, key, algorithm) -> new ServedCipher(session.startDecrypt(key, algorithm)));
    }

    static void startSign(ServedSession served, MessageReader in, MessageWriter out) {
        start(served, in, (session, key, algorithm) -> new ServedSign(session.startSign(key, algorithm)));
    }

    static void startVerify(ServedSession served, MessageReader in, MessageWriter out) {
        start(served, in, (session, key, algorithm) -> new ServedVerify(session.startVerify(key, algorithm)));
    }

    static void startDigest(ServedSession served, MessageReader in, MessageWriter out) {
        long number = in.u64();
        Algorithm algorithm = Fields.algorithm(in);
        served.streams().add(number, () -> new ServedDigest(served.session().startDigest(algorithm)));
    }

    @FunctionalInterface
    private interface Start {
        ServedStream of(Session session, KeyId key, Algorithm algorithm);
    }

    private static void start(ServedSession served, MessageReader in, Start start) {
        long number = in.u64();
        KeyId key = Fields.key(in);
        Algorithm algorithm = Fields.algorithm(in);
        served.streams().add(number, () -> start.of(served.session(), key, algorithm));
    }

    static void update(ServedSession served, MessageReader in, MessageWriter out) {
        ServedStream stream = served.streams().get(in.u64());
        Wire.giveAway(out, Wire.lent(in, stream::update));
    }

    /** The first of what is left, and whether more comes behind it, which {@link #rest} gives. */
    static void finish(ServedSession served, MessageReader in, MessageWriter out) {
        long number = in.u64();
        byte[] output = last(served, number, in).finish();
        served.streams().give(number, output, out);
    }

    static void finishVerify(ServedSession served, MessageReader in, MessageWriter out) {
        ServedStream stream = last(served, in.u64(), in);
        Fields.flag(out, stream.finish(in.bytes()));
    }

    /** The operation, ended, with its last data. */
    private static ServedStream last(ServedSession served, long number, MessageReader in) {
        ServedStream stream = served.streams().end(number);
        Wire.lent(in, data -> data.length == 0 ? data : stream.update(data));
        return stream;
    }

    static void rest(ServedSession served, MessageReader in, MessageWriter out) {
        served.streams().giveRest(in.u64(), out);
    }

    static void cancel(ServedSession served, MessageReader in, MessageWriter out) {
        served.streams().cancel(in.u64());
    }
}
