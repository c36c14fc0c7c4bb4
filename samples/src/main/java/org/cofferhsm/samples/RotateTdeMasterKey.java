package org.cofferhsm.samples;

import java.io.PrintStream;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.tde.TablespaceAlgorithm;
import org.cofferhsm.tde.TablespaceKey;
import org.cofferhsm.tde.TdeKeystore;
import org.cofferhsm.tde.WrappedTablespaceKey;

/** Oracle TDE's keystore: a tablespace key under a master key, and a rotation that leaves the data alone. */
public final class RotateTdeMasterKey {

    private RotateTdeMasterKey() {}

    public static void main(String[] arguments) {
        DemoModule.run(arguments, "tde", session -> run(session, DemoModule.out()));
    }

    static void run(Session session, PrintStream out) {
        TdeKeystore keystore = new TdeKeystore(session);
        keystore.setKey("first");
        WrappedTablespaceKey wrapped;
        try (TablespaceKey key = keystore.generate(TablespaceAlgorithm.AES256)) {
            // A database encrypts its pages under key and keeps only this beside them:
            wrapped = keystore.wrap(key);
        }
        out.println("wrapped under " + wrapped.masterKey());

        keystore.setKey("after the audit");
        WrappedTablespaceKey rewrapped = keystore.rewrap(wrapped);
        out.println("re-wrapped under " + rewrapped.masterKey());

        try (TablespaceKey before = keystore.unwrap(wrapped);
                TablespaceKey after = keystore.unwrap(rewrapped)) {
            out.println("the same tablespace key: " + before.sameAs(after));
        }
        keystore.masterKeys()
                .forEach(key -> out.println(key.id() + "  " + key.tag() + (key.current() ? "  (current)" : "")));
    }
}
