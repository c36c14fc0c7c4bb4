package org.cofferhsm.hsm;

import java.nio.file.Path;
import org.cofferhsm.hsm.session.Session;

/** One of the forms that sessions have. */
public interface SessionForm {

    /** In the process that owns the module. */
    SessionForm LOCAL = (hsm, home) -> new Entrance() {
        @Override
        public Session login(String user, char[] pin) {
            return hsm.login(user, pin);
        }

        @Override
        public void close() {}
    };

    /** A way into an open module. */
    Entrance entrance(Hsm hsm, Path home);

    /** Where users log in. */
    interface Entrance extends AutoCloseable {

        Session login(String user, char[] pin);

        @Override
        void close();
    }
}
