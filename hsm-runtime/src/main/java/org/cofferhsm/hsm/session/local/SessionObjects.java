package org.cofferhsm.hsm.session.local;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.SecretBytes;

/** The session objects of one session: never stored, wiped with it. */
final class SessionObjects implements AutoCloseable {

    private final AtomicLong numbers;
    private final Catalogue catalogue = new Catalogue();
    private final Map<KeyId, SecretBytes> values = new ConcurrentHashMap<>();
    private boolean closed;

    /**
     * @param numbers the module's counter, so that no two sessions share a handle
     */
    SessionObjects(AtomicLong numbers) {
        this.numbers = numbers;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    synchronized KeyId add(NewObjectValue object) {
        if (closed) {
            throw HsmException.sessionClosed("the session was closed meanwhile; log in again");
        }
        KeyId handle = KeyId.ofSessionObject(numbers.incrementAndGet());
        SecretBytes own = object.value().use(SecretBytes::copyOf);
        values.put(handle, own);
        hold(handle, object.attributes());
        return handle;
    }

    /** Changes the attributes of an object as they are at that moment. */
    synchronized void update(KeyId handle, UnaryOperator<Attributes> change) {
        Attributes now = catalogue
                .find(handle)
                .orElseThrow(() -> HsmException.keyNotFound("the session object " + handle + " is gone"))
                .attributes();
        hold(handle, change.apply(now));
    }

    synchronized void remove(KeyId handle) {
        catalogue.find(handle).ifPresent(HeldObject::forget);
        catalogue.remove(handle);
        SecretBytes own = values.remove(handle);
        if (own != null) {
            own.close();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        values.keySet().forEach(this::remove);
    }

    private void hold(KeyId handle, Attributes attributes) {
        catalogue.put(new HeldObject(new ObjectInfo(handle, attributes), () -> copy(handle)));
    }

    /** Whole, or not at all: never of a value that is being wiped. */
    private synchronized SecretBytes copy(KeyId handle) {
        SecretBytes own = values.get(handle);
        if (own == null) {
            throw HsmException.keyNotFound("the session object " + handle + " is gone");
        }
        return own.use(SecretBytes::copyOf);
    }
}
