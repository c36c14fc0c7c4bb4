package org.cofferhsm.hsm.pkcs11.calls;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.pkcs11.terms.ReturnValues;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Operation.Subject;
import org.cofferhsm.hsm.session.Session;

/**
 * The session objects of one application, and which Cryptoki session made which: they die with it (PKCS#11 v3.1 §4.4),
 * while the module keeps them as long as the login.
 */
final class Belongings {

    private static final int LIMIT = 65_536;

    private final Map<KeyId, CryptokiSession> alive = new ConcurrentHashMap<>();

    /** The handle that a program gave, which has to be of a token object or of a session object that still is. */
    KeyId require(long handle, Subject subject) {
        if (handle > 0) {
            KeyId id = new KeyId(handle);
            if (!id.isSessionObject() || alive.containsKey(id)) {
                return id;
            }
        }
        throw ReturnValues.handleInvalid(subject).because("there is no object 0x" + Long.toHexString(handle));
    }

    boolean isAlive(KeyId object) {
        return !object.isSessionObject() || alive.containsKey(object);
    }

    /** Complains when the application has as many session objects as it may have. */
    void requireRoom() {
        if (alive.size() >= LIMIT) {
            throw Ckr.DEVICE_MEMORY.because("the program has " + LIMIT + " session objects, which is the limit");
        }
    }

    /** A new object, which belongs to the session that made it unless it is a token object. */
    void adopt(CryptokiSession session, KeyId object) {
        if (object.isSessionObject()) {
            alive.put(object, session);
            session.objects().add(object);
        }
    }

    /** An object that was destroyed. */
    void forget(KeyId object) {
        CryptokiSession maker = alive.remove(object);
        if (maker != null) {
            maker.objects().remove(object);
        }
    }

    /** Destroys what the session made. */
    void destroyAllOf(CryptokiSession session, Session user) {
        for (KeyId object : session.objects()) {
            if (alive.remove(object) != null) {
                destroy(object, user);
            }
        }
    }

    private static void destroy(KeyId object, Session user) {
        try {
            user.destroy(object);
        } catch (HsmException e) {
            // Not destroyable, or its user was removed: nobody reaches it any more, and the end of the login wipes it.
        }
    }

    /** After a logout. */
    void clear() {
        alive.clear();
    }
}
