package org.cofferhsm.hsm.session.local;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.SecretBytes;
import org.cofferhsm.hsm.store.Change;
import org.cofferhsm.hsm.store.Committed;
import org.cofferhsm.hsm.store.ObjectStore;
import org.cofferhsm.hsm.store.RecordKind;
import org.cofferhsm.hsm.store.StoreRecord;

/** The token objects of the module: each change is durable and recorded before it is seen. */
public final class TokenObjects {

    private static final int STRIPES = 64;

    private final ObjectStore store;
    private final Journal journal;
    private final Catalogue catalogue = new Catalogue();
    private final Object[] stripes = new Object[STRIPES];

    public TokenObjects(ObjectStore store, Journal journal) {
        this.store = store;
        this.journal = journal;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Object();
        }
    }

    /** Takes an object that the store has verified into memory. */
    public void load(StoreRecord stored) {
        catalogue.put(held(stored, Attributes.decode(stored.attributes())));
    }

    /** Wipes all parsed keys. */
    void forget() {
        catalogue.all().forEach(HeldObject::forget);
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** Stores new objects, all or none. */
    List<KeyId> add(Call call, List<NewObjectValue> objects) {
        List<Change.Put> puts = new ArrayList<>();
        for (NewObjectValue object : objects) {
            puts.add(new Change.Put(
                    RecordKind.OBJECT,
                    store.reserveIds(RecordKind.OBJECT, 1),
                    object.attributes().encode(),
                    object.value()));
        }
        Call about = call.about(new KeyId(puts.get(puts.size() - 1).id()));
        Committed committed = journal.apply(puts, List.of(), about.done());
        List<KeyId> handles = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            HeldObject held = held(committed.written().get(i), objects.get(i).attributes());
            catalogue.put(held);
            handles.add(held.id());
        }
        return handles;
    }

    /** Changes the attributes of an object as they are at that moment. */
    void update(Call call, KeyId handle, UnaryOperator<Attributes> change) {
        synchronized (stripe(handle)) {
            HeldObject object = require(handle);
            Attributes after = change.apply(object.attributes());
            try (SecretBytes value = object.value()) {
                Change.Put put = new Change.Put(RecordKind.OBJECT, handle.value(), after.encode(), value);
                Committed committed = journal.apply(List.of(put), List.of(), call.done());
                catalogue.put(held(committed.written().get(0), after));
            }
        }
    }

    void remove(Call call, KeyId handle) {
        synchronized (stripe(handle)) {
            require(handle);
            Change.Removal removal = new Change.Removal(RecordKind.OBJECT, handle.value());
            journal.apply(List.of(), List.of(removal), call.done());
            catalogue.remove(handle);
        }
    }

    private HeldObject require(KeyId handle) {
        return catalogue
                .find(handle)
                .orElseThrow(() -> HsmException.keyNotFound("the object " + handle + " has just been destroyed"));
    }

    private HeldObject held(StoreRecord stored, Attributes attributes) {
        return new HeldObject(new ObjectInfo(new KeyId(stored.id()), attributes), () -> store.secret(stored));
    }

    private Object stripe(KeyId handle) {
        return stripes[(int) (handle.value() % STRIPES)];
    }
}
