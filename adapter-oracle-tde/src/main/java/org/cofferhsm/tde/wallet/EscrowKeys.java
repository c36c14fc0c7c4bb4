package org.cofferhsm.tde.wallet;

import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.SecretBytes;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.session.Session;

/**
 * The keys under which a user's wallets are in escrow: AES keys of the module that can neither leave it nor wrap. The
 * first is made when it is needed; should two imports at once make two, each record names its own.
 */
final class EscrowKeys {

    static final String LABEL = EscrowRecord.LABEL + "KEY";
    private static final int BITS = 256;
    private static final int ID_BYTES = 16;

    private final Session session;

    EscrowKeys(Session session) {
        this.session = session;
    }

    /** The entry under an escrow key. */
    EscrowRecord seal(EscrowRecord.Header header, SecretBytes value) {
        ObjectInfo key = session.describe(current());
        Octets id = key.attributes().find(Attribute.ID).orElse(Octets.EMPTY);
        Algorithm algorithm = Algorithm.aesGcm(EscrowRecord.authenticated(header, id));
        return new EscrowRecord(
                header, id, Octets.of(value.use(plaintext -> session.encrypt(key.id(), algorithm, plaintext))));
    }

    /** The value in a record; the caller closes it. */
    SecretBytes open(EscrowRecord record) {
        Algorithm algorithm = Algorithm.aesGcm(EscrowRecord.authenticated(record.header(), record.key()));
        try {
            return SecretBytes.owning(
                    session.decrypt(handle(record), algorithm, record.sealed().toByteArray()));
        } catch (HsmException e) {
            throw e.reason() == Reason.ENCRYPTED_DATA_INVALID
                    ? HsmException.dataInvalid("the escrow record of "
                                    + record.header().name() + " was altered; restore the module from a backup")
                            .causedBy(e)
                    : e;
        }
    }

    private KeyId handle(EscrowRecord record) {
        return session.find(own().with(Attribute.ID, record.key()))
                .first()
                .orElseThrow(() -> HsmException.keyNotFound(
                        "the escrow key " + record.key().toHex() + " under which "
                                + record.header().name()
                                + " was stored is gone; restore the module from a backup that has it"));
    }

    private KeyId current() {
        return session.find(own()).first().orElseGet(this::make);
    }

    private KeyId make() {
        return session.generate(KeyTemplate.aes(BITS)
                .labelled(LABEL)
                .allowing(Usage.ENCRYPT, Usage.DECRYPT)
                .with(Attribute.ID, Octets.of(session.random(ID_BYTES)))
                .with(Attribute.SENSITIVE, true)
                .with(Attribute.EXTRACTABLE, false)
                .with(Attribute.ALLOWED_MECHANISMS, Set.of(MechanismType.AES_GCM)));
    }

    /** Without those that another user shares, who could else read what is put under them. */
    private Attributes own() {
        return Attributes.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .with(Attribute.LABEL, LABEL)
                .with(Attribute.OWNER, session.user().name());
    }
}
