package org.cofferhsm.ekm;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Octets;

/**
 * Which key has which thumbprint, remembered from call to call: a query may decrypt a million cells. Neither a key's material
 * nor its handle ever changes, and the module decides on every use, so that what is remembered permits nothing.
 */
final class KnownKeys {

    private static final int MOST = 1_000;

    private final EkmKeys keys;
    private final Map<Thumbprint, Known> known = new ConcurrentHashMap<>();
    private final Map<Thumbprint, KeyId> encrypting = new ConcurrentHashMap<>();

    KnownKeys(EkmKeys keys) {
        this.keys = keys;
    }

    /** Uses the key of that thumbprint; looks it up again when the remembered one is not there any more. */
    <T> T use(Thumbprint thumbprint, Function<Known, T> work) {
        Known remembered = known.get(thumbprint);
        if (remembered != null) {
            try {
                return work.apply(remembered);
            } catch (HsmException e) {
                if (e.reason() != Reason.KEY_NOT_FOUND) {
                    throw e;
                }
                known.remove(thumbprint);
                encrypting.remove(thumbprint);
            }
        }
        return work.apply(lookUp(thumbprint));
    }

    private Known lookUp(Thumbprint thumbprint) {
        ObjectInfo key = keys.withThumbprint(thumbprint);
        Known found = new Known(key, keys.describe(key).algorithm(), EkmProvider.gcm(thumbprint, Octets.EMPTY));
        if (known.size() >= MOST) {
            known.clear();
            encrypting.clear();
        }
        known.put(thumbprint, found);
        return found;
    }

    /** The handle to encrypt with, which of a pair is the public half's. */
    KeyId encrypting(Thumbprint thumbprint, Known key) {
        return encrypting.computeIfAbsent(thumbprint, sought -> keys.encrypting(key.key()));
    }

    /**
     * A key, as it was when it was looked up.
     *
     * @param gcm what a secret key encrypts by when SQL Server sends no IV
     */
    record Known(ObjectInfo key, EkmAlgorithm algorithm, Algorithm gcm) {}
}
