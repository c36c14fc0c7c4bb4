package org.cofferhsm.hsm.jce;

import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;

/** A session that an embedding program opened and will close. */
record GivenConnection(Session session) implements Connection {

    /** The program has logged in already; what is given here can only name the same user. */
    @Override
    public void login(Credentials credentials) {
        if (!credentials.user().equals(session.user().name())) {
            throw HsmException.argumentInvalid("this provider was made for the session of "
                    + session.user().name() + ", not for " + credentials.user());
        }
    }

    @Override
    public void login() {}

    @Override
    public void logout() {}
}
