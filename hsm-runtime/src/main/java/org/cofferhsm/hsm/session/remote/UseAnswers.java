package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** What the service answers on the use of keys. */
final class UseAnswers {

    private UseAnswers() {}

    static void encrypt(ServedSession served, MessageReader in, MessageWriter out) {
        use(served, in, out, Session::encrypt);
    }

    static void decrypt(ServedSession served, MessageReader in, MessageWriter out) {
        use(served, in, out, Session::decrypt);
    }

    static void sign(ServedSession served, MessageReader in, MessageWriter out) {
        use(served, in, out, Session::sign);
    }

    @FunctionalInterface
    private interface Use {
        byte[] of(Session session, KeyId key, Algorithm algorithm, byte[] data);
    }

    private static void use(ServedSession served, MessageReader in, MessageWriter out, Use use) {
        KeyId key = Fields.key(in);
        Algorithm algorithm = Fields.algorithm(in);
        Wire.giveAway(out, Wire.lentLast(in, data -> use.of(served.session(), key, algorithm, data)));
    }

    static void verify(ServedSession served, MessageReader in, MessageWriter out) {
        KeyId key = Fields.key(in);
        Algorithm algorithm = Fields.algorithm(in);
        byte[] signature = in.bytes();
        Fields.flag(out, Wire.lentLast(in, data -> served.session().verify(key, algorithm, data, signature)));
    }

    static void digest(ServedSession served, MessageReader in, MessageWriter out) {
        Algorithm algorithm = Fields.algorithm(in);
        out.bytes(Wire.lentLast(in, data -> served.session().digest(algorithm, data)));
    }

    static void random(ServedSession served, MessageReader in, MessageWriter out) {
        Wire.giveAway(out, served.session().random(Fields.last(in, in.u32())));
    }
}
