package org.cofferhsm.tde;

import static org.cofferhsm.hsm.key.Usage.DECRYPT;
import static org.cofferhsm.hsm.key.Usage.ENCRYPT;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.session.Session;

/** The master keys of one user as objects of the module, found by their labels. */
final class MasterKeyObjects {

    private static final int BITS = 256;
    private static final int RANDOM_BYTES = MasterKeyId.LENGTH - 1;
    // Oracle wraps by AES-CBC encryption, the Java keystore by AES-GCM. Nothing else may be done with a master key:
    // a key that could also unwrap would let its user turn a tablespace key into a key of the module and back.
    private static final Set<MechanismType> MECHANISMS =
            Set.of(MechanismType.AES_GCM, MechanismType.AES_CBC, MechanismType.AES_CBC_PAD);

    private final Session session;
    private final Owned owned;
    // Kept although a key may go meanwhile: its handle is never given to another one, so using it is refused then.
    private final Map<MasterKeyId, KeyId> handles = new ConcurrentHashMap<>();

    MasterKeyObjects(Session session) {
        this.session = session;
        this.owned = new Owned(session);
    }

    MasterKeyId newId() {
        return MasterKeyId.ofRandom(session.random(RANDOM_BYTES));
    }

    /** Makes the key; like Oracle's own, it is not modifiable. */
    void make(MasterKeyId id) {
        session.generate(KeyTemplate.aes(BITS)
                .labelled(id.label())
                .allowing(ENCRYPT, DECRYPT)
                .with(Attribute.ID, id.bytes())
                .with(Attribute.SENSITIVE, true)
                .with(Attribute.EXTRACTABLE, false)
                .with(Attribute.MODIFIABLE, false)
                .with(Attribute.ALLOWED_MECHANISMS, MECHANISMS));
    }

    /** Uses a key that the user must have; looks it up once more when it is not where it was. */
    <T> T use(MasterKeyId id, Function<KeyId, T> work) {
        KeyId cached = handles.get(id);
        if (cached != null) {
            try {
                return work.apply(cached);
            } catch (HsmException e) {
                if (e.reason() != Reason.KEY_NOT_FOUND) {
                    throw e;
                }
                handles.remove(id, cached);
            }
        }
        KeyId found = require(id);
        handles.put(id, found);
        return work.apply(found);
    }

    /** The handle of a master key; complains by ORA-28362 when the user has none of this identifier. */
    KeyId require(MasterKeyId id) {
        return find(id).orElseThrow(() -> OraCause.MASTER_KEY_NOT_FOUND.refusal("the master key " + id
                + " is not among the keys of user \"" + session.user().name()
                + "\": it was destroyed, or it belongs to another user or another module; log in as the user"
                + " that owns it, or restore the module from a backup that has it"));
    }

    Optional<KeyId> find(MasterKeyId id) {
        return owned.labelled(id.label()).stream()
                .filter(object -> object.attributes().get(Attribute.CLASS) == ObjectClass.SECRET_KEY)
                .map(ObjectInfo::id)
                .findFirst();
    }

    /** Every master key of the user, Oracle's own too. */
    List<ObjectInfo> all() {
        Attributes own = Attributes.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .with(Attribute.OWNER, session.user().name());
        return session.find(own).list().stream()
                .filter(object -> OracleLabel.masterKey(object.label()).isPresent())
                .toList();
    }
}
