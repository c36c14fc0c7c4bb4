package org.cofferhsm.tde;

import static org.cofferhsm.hsm.key.Usage.DECRYPT;
import static org.cofferhsm.hsm.key.Usage.ENCRYPT;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.session.Session;

/** The master keys of one user, and the record of which was current when. */
final class MasterKeys {

    private static final int BITS = 256;
    private static final int RANDOM_BYTES = MasterKeyId.LENGTH - 1;
    // Oracle wraps by AES-CBC encryption, the Java keystore by AES-GCM. Nothing else may be done with a master key:
    // a key that could also unwrap would let its user turn a tablespace key into a key of the module and back.
    private static final Set<MechanismType> MECHANISMS =
            Set.of(MechanismType.AES_GCM, MechanismType.AES_CBC, MechanismType.AES_CBC_PAD);

    private final Session session;
    private final Clock clock;
    // A data object never changes and its handle is never given to another one.
    private final Map<KeyId, Activation> known = new ConcurrentHashMap<>();

    MasterKeys(Session session, Clock clock) {
        this.session = session;
        this.clock = clock;
    }

    /** Makes a key and makes it the current one. When this fails half-way, the old one stays current. */
    MasterKey add(String tag) {
        MasterKeyId id = MasterKeyId.ofRandom(session.random(RANDOM_BYTES));
        Activation activation = new Activation(nextNumber(), id, Instant.now(clock), tag);
        session.generate(template(id));
        session.create(Activation.attributes(), activation.encode());
        return new MasterKey(id, tag, activation.time(), true);
    }

    private static KeyTemplate template(MasterKeyId id) {
        return KeyTemplate.aes(BITS)
                .labelled(id.label())
                .allowing(ENCRYPT, DECRYPT)
                .with(Attribute.ID, id.bytes())
                .with(Attribute.SENSITIVE, true)
                .with(Attribute.EXTRACTABLE, false)
                .with(Attribute.ALLOWED_MECHANISMS, MECHANISMS);
    }

    private long nextNumber() {
        List<Activation> all = activations();
        return all.isEmpty() ? 1 : all.get(all.size() - 1).number() + 1;
    }

    /** Every key once, in the order of their latest activations. */
    List<MasterKey> list() {
        Map<MasterKeyId, Activation> latest = new LinkedHashMap<>();
        for (Activation activation : activations()) {
            latest.remove(activation.key());
            latest.put(activation.key(), activation);
        }
        Optional<MasterKeyId> current = currentId();
        return latest.values().stream()
                .map(activation -> new MasterKey(
                        activation.key(),
                        activation.tag(),
                        activation.time(),
                        current.equals(Optional.of(activation.key()))))
                .toList();
    }

    private Optional<MasterKeyId> currentId() {
        List<Activation> all = activations();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.get(all.size() - 1).key());
    }

    private List<Activation> activations() {
        return session.find(Activation.LABEL).with(own(ObjectClass.DATA)).ids().stream()
                .map(id -> known.computeIfAbsent(id, this::read))
                .sorted(Activation.ORDER)
                .toList();
    }

    private Activation read(KeyId id) {
        return Activation.decode(session.value(id));
    }

    MasterKeyId current() {
        return currentId()
                .orElseThrow(() -> HsmException.keyNotFound("the TDE keystore of user \""
                        + session.user().name() + "\" has no master key yet (OPEN_NO_MASTER_KEY); set one first"));
    }

    /** The handle of a master key that the user must have. */
    KeyId handle(MasterKeyId id) {
        return session.find(id.label())
                .with(own(ObjectClass.SECRET_KEY))
                .first()
                .orElseThrow(() -> HsmException.keyNotFound("the master key " + id + " is not among the keys of user \""
                        + session.user().name()
                        + "\" (ORA-28362: master key not found); log in as the user that owns it,"
                        + " or restore the module from a backup that has it"));
    }

    /** Without those that another user shares, who could else slip in a master key of theirs. */
    private Attributes own(ObjectClass objectClass) {
        return Attributes.of(Attribute.CLASS, objectClass)
                .with(Attribute.OWNER, session.user().name());
    }
}
