package org.cofferhsm.hsm.pkcs11.calls;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;

/** A session of Cryptoki (PKCS#11 v3.1 §5.6): a place for running operations and session objects, not a login. */
final class CryptokiSession {

    private final boolean readWrite;
    private final Set<KeyId> objects = ConcurrentHashMap.newKeySet();
    private final RunningParts running = new RunningParts();

    CryptokiSession(boolean readWrite) {
        this.readWrite = readWrite;
    }

    boolean readWrite() {
        return readWrite;
    }

    /** Complains by SESSION_READ_ONLY when a token object would be made, changed or destroyed in a read-only session. */
    void requireWritable(boolean token) {
        if (token && !readWrite) {
            throw Ckr.SESSION_READ_ONLY.because("the session is read-only, so it changes no token objects");
        }
    }

    RunningParts running() {
        return running;
    }

    /** The session objects that were made here. */
    Set<KeyId> objects() {
        return objects;
    }
}
