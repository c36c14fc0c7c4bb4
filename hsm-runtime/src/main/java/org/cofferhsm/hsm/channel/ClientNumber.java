package org.cofferhsm.hsm.channel;

import java.security.SecureRandom;
import org.cofferhsm.hsm.key.Octets;

/** What one loading of a client in one process calls itself; whoever shows it from the same user is that client. */
record ClientNumber(Octets octets) {

    static final int BYTES = 16;

    static ClientNumber draw() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return new ClientNumber(Octets.of(random));
    }

    /** It is as good as a password to the client's logins. */
    @Override
    public String toString() {
        return "ClientNumber";
    }
}
