package org.cofferhsm.hsm.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.cofferhsm.hsm.cryptoki.CryptokiAttribute;
import org.cofferhsm.hsm.cryptoki.CryptokiException;
import org.cofferhsm.hsm.cryptoki.ForeignSession;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The objects of another token on their way into this module, one by one: what fails is told and the others go on, and
 * what has arrived stays.
 */
public final class TokenImport {

    private static final String IN_THE_CLEAR = "in the clear";

    private final Session session;
    private final ForeignSession token;
    private final Set<Long> mechanisms;
    private @Nullable TemporaryKeys keys;

    private TokenImport(Session session, ForeignSession token, Set<Long> mechanisms) {
        this.session = session;
        this.token = token;
        this.mechanisms = mechanisms;
    }

    /**
     * Imports the token objects of these labels, or all of them.
     *
     * @param mechanisms the CKM_* numbers that the other token lists
     */
    public static ImportReport run(Session session, ForeignSession token, Set<Long> mechanisms, Set<String> labels) {
        TokenImport work = new TokenImport(session, token, mechanisms);
        List<ImportReport.Item> items = new ArrayList<>();
        for (ForeignObject object : new ForeignObjects(token).labelled(labels)) {
            items.add(work.item(object, () -> work.imported(object)));
        }
        work.destroyTemporaryKeys().ifPresent(items::add);
        return new ImportReport(items);
    }

    /** What {@link #run} would do; it touches neither side. */
    public static ImportReport plan(Session session, ForeignSession token, Set<Long> mechanisms, Set<String> labels) {
        TokenImport work = new TokenImport(session, token, mechanisms);
        return new ImportReport(new ForeignObjects(token)
                .labelled(labels).stream()
                        .map(object -> work.item(object, () -> work.planned(object)))
                        .toList());
    }

    /** What they leave behind is told like an object: by now others are here, and have to be named. */
    private Optional<ImportReport.Item> destroyTemporaryKeys() {
        try {
            if (keys != null) {
                keys.close();
            }
            return Optional.empty();
        } catch (HsmException e) {
            return Optional.of(new ImportReport.Item(
                    "temporary",
                    "",
                    TemporaryKeys.LABEL,
                    Octets.EMPTY,
                    new Outcome.Failed(String.valueOf(e.getMessage()))));
        }
    }

    /** The object is read before it is worked on, so that whatever becomes of it can be said of it. */
    private ImportReport.Item item(ForeignObject object, Supplier<Outcome> work) {
        try {
            ImportReport.Item item = new ImportReport.Item(
                    object.objectClass().map(ObjectClass::toString).orElse("other"),
                    object.keyType().map(Object::toString).orElse(""),
                    object.label(),
                    object.id(),
                    new Outcome.Left(""));
            return item.with(outcome(work));
        } catch (CryptokiException e) {
            return new ImportReport.Item("unknown", "", "", Octets.EMPTY, refused(e));
        }
    }

    private static Outcome outcome(Supplier<Outcome> work) {
        try {
            return work.get();
        } catch (HsmException e) {
            return new Outcome.Failed(e.getMessage() + " [" + e.reason() + "]");
        } catch (CryptokiException e) {
            return refused(e);
        }
    }

    private static Outcome refused(CryptokiException refusal) {
        return new Outcome.Failed("the other token refused: " + refusal.text());
    }

    private Outcome imported(ForeignObject object) {
        Outcome planned = planned(object);
        return planned instanceof Outcome.Planned
                ? importable(object, object.objectClass().orElseThrow())
                : planned;
    }

    private Outcome planned(ForeignObject object) {
        Optional<ObjectClass> objectClass = object.objectClass();
        if (objectClass.isEmpty()) {
            return new Outcome.Left("Coffer has no objects of this class");
        }
        if (objectClass.get().isKey() && object.keyType().isEmpty()) {
            return new Outcome.Left("Coffer has no keys of this type");
        }
        return new PresentObjects(session).has(object, objectClass.get())
                ? new Outcome.Left("it is here already: an object of this class, label and id with the same value")
                : way(object, objectClass.get());
    }

    private Outcome way(ForeignObject object, ObjectClass objectClass) {
        if (!objectClass.isSecret()) {
            return new Outcome.Planned(IN_THE_CLEAR);
        }
        if (!object.is(Attribute.EXTRACTABLE)) {
            return new Outcome.Left("it is not extractable, so the other token never lets it go");
        }
        if (object.is(Attribute.WRAP_WITH_TRUSTED)) {
            return new Outcome.Left(
                    "it leaves under trusted keys only (wrap-with-trusted), which Coffer's is not there");
        }
        return Transport.suitable(objectClass, mechanisms).stream()
                .findFirst()
                .<Outcome>map(transport -> new Outcome.Planned(transport.toString()))
                .orElseGet(() -> new Outcome.Left("the other token has no wrapping mechanism that Coffer knows, too"));
    }

    private Outcome importable(ForeignObject object, ObjectClass objectClass) {
        if (objectClass.isSecret()) {
            return new KeyMove(session, temporaryKeys(), new Sameness(session, token))
                    .move(object, objectClass, Transport.suitable(objectClass, mechanisms));
        }
        byte[] value = valueOf(object, objectClass)
                .orElseThrow(() -> HsmException.dataInvalid("the other token does not tell the value of the "
                        + objectClass + " \"" + object.label() + "\""));
        Attributes carried = CarriedAttributes.of(object, objectClass);
        KeyId stored = session.create(
                object.keyType()
                        .map(type -> carried.with(Attribute.KEY_TYPE, type))
                        .orElse(carried),
                value);
        return new Outcome.Imported(
                stored, IN_THE_CLEAR, "value", CarriedAttributes.changes(object, session.describe(stored)));
    }

    static Optional<byte[]> valueOf(ForeignObject object, ObjectClass objectClass) {
        return objectClass == ObjectClass.PUBLIC_KEY
                ? PublicValue.of(object)
                : object.octets(CryptokiAttribute.VALUE).map(Octets::toByteArray);
    }

    private TemporaryKeys temporaryKeys() {
        if (keys == null) {
            keys = new TemporaryKeys(session, token);
        }
        return keys;
    }
}
