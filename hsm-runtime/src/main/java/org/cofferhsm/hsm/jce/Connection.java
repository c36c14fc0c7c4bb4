package org.cofferhsm.hsm.jce;

import org.cofferhsm.hsm.session.Session;

/** How the provider comes to a session. */
interface Connection {

    /** The session; logs in by itself where it knows credentials, else complains. */
    Session session();

    /** Logs in, or proves again who is logged in. */
    void login(Credentials credentials);

    /** Logs in with whatever credentials are at hand, unless somebody is logged in. */
    void login();

    /** Ends what {@link #login} began. */
    void logout();
}
