package org.cofferhsm.tde;

import java.util.Arrays;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.session.Session;

/** Whether a master key really decrypts what it encrypted: that an object bears its label does not say so. */
record KeyTrial(Session session) {

    private static final int BYTES = 32;

    static KeyTrial of(Session session) {
        return new KeyTrial(session);
    }

    /** Complains when it does not. */
    void require(KeyId key, MasterKeyId id) {
        byte[] sample = session.random(BYTES);
        byte[] back = session.decrypt(key, Algorithm.AES_GCM, session.encrypt(key, Algorithm.AES_GCM, sample));
        if (!Arrays.equals(sample, back)) { // nothing secret: a sample that protects nothing
            throw HsmException.internal("the master key " + id + " does not decrypt what it encrypted");
        }
    }
}
