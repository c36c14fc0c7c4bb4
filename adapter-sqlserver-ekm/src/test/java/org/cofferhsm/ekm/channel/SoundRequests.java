package org.cofferhsm.ekm.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.cofferhsm.ekm.EkmAlgorithm;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.cofferhsm.hsm.testing.TestModule;

/** A request of every operation that a service would do, for tests to distort. */
final class SoundRequests {

    static final long SESSION = 7;
    static final String USER = "hostile";

    private final List<Sound> all = new ArrayList<>();

    /** One request: an operation and its body. */
    record Sound(Operation operation, byte[] body) {}

    /** @param server a program of the same user, which has made the keys that the requests are about */
    static List<Sound> of(SqlServer server) {
        long session = server.open(USER);
        byte[] aes = server.create(session, "aes", EkmAlgorithm.AES_256);
        byte[] rsa = server.create(session, "rsa", EkmAlgorithm.RSA_2048);
        byte[] ticket = server.ticket(99, USER);
        SoundRequests requests = new SoundRequests();
        requests.aboutSessions(ticket);
        requests.aboutKeys(aes, rsa);
        requests.aboutData(server, session, aes, rsa);
        return requests.all;
    }

    /** A distorted secret is a wrong one; after some of them nobody would come in any more. */
    static void unlock(Hsm hsm) {
        try (Session admin = hsm.login("admin", TestModule.PIN.toCharArray())) {
            boolean locked = admin.users().list().stream().anyMatch(user -> user.locked());
            if (locked) {
                admin.users().resetPin(USER, TestModule.PIN.toCharArray());
            }
        }
    }

    private void aboutSessions(byte[] ticket) {
        add(Operation.OPEN_SESSION, SqlServer.credential(SESSION, USER, TestModule.PIN));
        add(Operation.REFRESH, out -> out.u64(SESSION));
        add(Operation.RESUME, out -> out.raw(SqlServer.NUMBER).u32(1).u64(8).bytes(ticket));
        add(Operation.CLOSE_SESSION, out -> out.u64(8));
    }

    private void aboutKeys(byte[] aes, byte[] rsa) {
        add(Operation.CREATE_KEY, SqlServer.creation(SESSION, "new", EkmAlgorithm.AES_128.id()));
        add(Operation.NEXT_KEY, out -> out.u64(SESSION).u32(0));
        add(Operation.KEY_BY_ID, out -> out.u64(SESSION).u32(1));
        add(Operation.KEY_BY_THUMBPRINT, SqlServer.key(SESSION, aes));
        add(Operation.KEY_BY_NAME, out -> out.u64(SESSION).text("rsa"));
        add(Operation.EXPORT_KEY, SqlServer.key(SESSION, rsa));
        add(Operation.DROP_KEY, SqlServer.key(SESSION, new byte[20]));
    }

    private void aboutData(SqlServer server, long session, byte[] aes, byte[] rsa) {
        byte[] data = new byte[32];
        for (byte[] key : List.of(aes, rsa)) {
            byte[] encrypted = server.encrypt(session, key, data);
            add(Operation.ENCRYPT, SqlServer.data(SESSION, key, SqlServer.NO_IV, data));
            add(Operation.DECRYPT, SqlServer.data(SESSION, key, SqlServer.NO_IV, encrypted));
        }
        add(Operation.ENCRYPT, SqlServer.data(SESSION, aes, new byte[16], data));
    }

    private void add(Operation operation, Consumer<MessageWriter> fields) {
        MessageWriter out = new MessageWriter(64);
        fields.accept(out);
        byte[] body = new byte[out.size()];
        out.written().get(body);
        all.add(new Sound(operation, body));
    }
}
