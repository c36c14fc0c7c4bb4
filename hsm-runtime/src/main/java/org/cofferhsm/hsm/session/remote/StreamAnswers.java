package org.cofferhsm.hsm.session.remote;

import java.util.function.Function;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.MechanismType;
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
        start(served, in, (session, key, algorithm) -> {
            ServedStream stream = new ServedCipher(session.startDecrypt(key, algorithm));
            return algorithm.type() == MechanismType.AES_GCM ? new KeepingStream(stream, served.memory()) : stream;
        });
    }

    static void startSign(ServedSession served, MessageReader in, MessageWriter out) {
        start(served, in, (session, key, algorithm) -> {
            ServedStream stream = new ServedSign(session.startSign(key, algorithm));
            return algorithm.type() == MechanismType.EDDSA ? new KeepingStream(stream, served.memory()) : stream;
        });
    }

    static void startVerify(ServedSession served, MessageReader in, MessageWriter out) {
        start(served, in, (session, key, algorithm) -> {
            ServedStream stream = new ServedVerify(session.startVerify(key, algorithm));
            return algorithm.type() == MechanismType.EDDSA ? new KeepingStream(stream, served.memory()) : stream;
        });
    }

    static void startDigest(ServedSession served, MessageReader in, MessageWriter out) {
        long number = in.u64();
        Algorithm algorithm = Fields.last(in, Fields.algorithm(in));
        served.streams().add(number, () -> new ServedDigest(served.session().startDigest(algorithm)));
    }

    @FunctionalInterface
    private interface Start {
        ServedStream of(Session session, KeyId key, Algorithm algorithm);
    }

    private static void start(ServedSession served, MessageReader in, Start start) {
        long number = in.u64();
        KeyId key = Fields.key(in);
        Algorithm algorithm = Fields.last(in, Fields.algorithm(in));
        served.streams().add(number, () -> start.of(served.session(), key, algorithm));
    }

    static void update(ServedSession served, MessageReader in, MessageWriter out) {
        ServedStream stream = served.streams().get(in.u64());
        Wire.giveAway(out, Wire.lentLast(in, data -> {
            synchronized (stream) { // a client may call from two connections
                return stream.update(data);
            }
        }));
    }

    /** The first of what is left, and whether more comes behind it, which {@link #rest} gives. */
    static void finish(ServedSession served, MessageReader in, MessageWriter out) {
        long number = in.u64();
        byte[] output = Wire.lentLast(in, data -> finished(served.streams().end(number), data, ServedStream::finish));
        served.streams().give(number, output, out);
    }

    static void finishVerify(ServedSession served, MessageReader in, MessageWriter out) {
        long number = in.u64();
        Fields.flag(out, Wire.lent(in, data -> {
            byte[] signature = Fields.last(in, in.bytes());
            return finished(served.streams().end(number), data, stream -> stream.finish(signature));
        }));
    }

    /** Ends an operation with its last data; whatever fails, it is closed. */
    private static <T> T finished(ServedStream stream, byte[] data, Function<ServedStream, T> ending) {
        synchronized (stream) {
            try {
                if (data.length > 0) {
                    stream.update(data);
                }
                return ending.apply(stream);
            } finally {
                stream.close();
            }
        }
    }

    static void rest(ServedSession served, MessageReader in, MessageWriter out) {
        served.streams().giveRest(Fields.last(in, in.u64()), out);
    }

    static void cancel(ServedSession served, MessageReader in, MessageWriter out) {
        served.streams().cancel(Fields.last(in, in.u64()));
    }
}
