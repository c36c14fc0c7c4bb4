package org.cofferhsm.hsm.pkcs11.calls;

import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.pkcs11.terms.ReturnValues;
import org.cofferhsm.hsm.pkcs11.wire.Operation.Subject;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.Client;

/**
 * What all calls of one client program share. Cryptoki calls it the application.
 *
 * @param client who it is
 * @param belongings its session objects
 */
record Application(Hsm hsm, Client client, Sessions sessions, LoginState login, Belongings belongings) {

    private static final int MAX_SESSIONS = 4_096;

    static Application of(Hsm hsm, Client client) {
        return new Application(hsm, client, new Sessions(MAX_SESSIONS), new LoginState(hsm), new Belongings());
    }

    /** The user's session in the module, for a call in that Cryptoki session. */
    Session user(long session) {
        sessions.require(session);
        return login.require();
    }

    /** The Cryptoki session, when a new object has room there; complains by SESSION_READ_ONLY. */
    CryptokiSession room(long session, boolean token) {
        CryptokiSession place = sessions.require(session);
        place.requireWritable(token);
        if (!token) {
            belongings.requireRoom();
        }
        return place;
    }

    /** Counts a new object as made in that session; when the session was closed meanwhile, the object goes, too. */
    void adopt(CryptokiSession session, KeyId made, Session user) {
        belongings.adopt(session, made);
        if (session.running().ended()) {
            belongings.destroyAllOf(session, user);
        }
    }

    KeyId key(long handle) {
        return belongings.require(handle, Subject.KEY);
    }

    /** A key beside the one that an operation is named after; complains by KEY_HANDLE_INVALID. */
    KeyId visibleKey(Session user, long handle) {
        try {
            return user.describe(key(handle)).id();
        } catch (HsmException e) {
            throw ReturnValues.of(e.reason(), Subject.KEY).because(String.valueOf(e.getMessage()));
        }
    }

    KeyId object(long handle) {
        return belongings.require(handle, Subject.OBJECT);
    }
}
