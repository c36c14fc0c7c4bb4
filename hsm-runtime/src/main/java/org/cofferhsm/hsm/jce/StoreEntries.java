package org.cofferhsm.hsm.jce;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.session.Session;

/**
 * The entries of the key store and their aliases.
 *
 * <p>Entries are the token objects: private keys, secret keys, and labelled certificates whose label no key has. The
 * alias is the label. Where a label is empty or taken twice the alias is {@code label#0x…} with the key reference, and
 * the bare label is refused.
 */
final class StoreEntries {

    private static final String REFERENCE = "#";

    private final Session session;

    StoreEntries(Session session) {
        this.session = session;
    }

    /** All entries, in the order of their labels. */
    List<Named> all() {
        List<Named> all = new ArrayList<>();
        byLabel().forEach((label, objects) -> {
            List<ObjectInfo> entries = keysBeforeCertificates(objects);
            boolean unique = !label.isEmpty() && entries.size() == 1;
            for (ObjectInfo object : entries) {
                all.add(new Named(unique ? label : reference(object), entry(object)));
            }
        });
        return all;
    }

    /** An entry and its alias. */
    record Named(String alias, StoreEntry entry) {}

    private SortedMap<String, List<ObjectInfo>> byLabel() {
        SortedMap<String, List<ObjectInfo>> byLabel = new TreeMap<>();
        for (ObjectClass objectClass :
                List.of(ObjectClass.PRIVATE_KEY, ObjectClass.SECRET_KEY, ObjectClass.CERTIFICATE)) {
            Attributes wanted = Attributes.of(Attribute.CLASS, objectClass).with(Attribute.TOKEN, true);
            for (ObjectInfo object : session.find(wanted).list()) {
                if (!isCertificate(object) || standsForItself(object)) {
                    byLabel.computeIfAbsent(object.label(), label -> new ArrayList<>())
                            .add(object);
                }
            }
        }
        return byLabel;
    }

    private static String reference(ObjectInfo object) {
        return object.label() + REFERENCE + object.id();
    }

    /** A key's own certificates have its label. */
    private static List<ObjectInfo> keysBeforeCertificates(List<ObjectInfo> objects) {
        List<ObjectInfo> keys =
                objects.stream().filter(object -> !isCertificate(object)).toList();
        return keys.isEmpty() ? objects : keys;
    }

    private static boolean isCertificate(ObjectInfo object) {
        return object.attributes().find(Attribute.CLASS).orElse(null) == ObjectClass.CERTIFICATE;
    }

    /**
     * Certificates of others are visible to everybody; to trust one, the user must have stored it or an admin have
     * marked it.
     */
    private boolean standsForItself(ObjectInfo certificate) {
        Attributes attributes = certificate.attributes();
        return !certificate.label().isEmpty() && (attributes.is(Attribute.TRUSTED) || isOwn(attributes));
    }

    private boolean isOwn(Attributes attributes) {
        return attributes.find(Attribute.OWNER).orElse("").equals(session.user().name());
    }

    /** The entry of an alias; complains when the label is not enough to tell which. */
    Optional<StoreEntry> find(String alias) {
        List<ObjectInfo> labelled = alias.isEmpty() ? List.of() : keysBeforeCertificates(labelled(alias));
        return switch (labelled.size()) {
            case 0 -> referenced(alias);
            case 1 -> Optional.of(entry(labelled.get(0)));
            default ->
                throw HsmException.keyAmbiguous(labelled.size() + " entries are labelled \"" + alias
                        + "\"; their aliases are "
                        + labelled.stream().map(StoreEntries::reference).collect(Collectors.joining(", ")));
        };
    }

    private List<ObjectInfo> labelled(String label) {
        return session.find(label).list().stream().filter(this::isEntry).toList();
    }

    private Optional<StoreEntry> referenced(String alias) {
        int divider = alias.lastIndexOf(REFERENCE + "0x");
        if (divider < 0) {
            return Optional.empty();
        }
        return object(alias.substring(divider + 1))
                .filter(candidate -> isEntry(candidate) && reference(candidate).equals(alias))
                .map(StoreEntries::entry);
    }

    private Optional<ObjectInfo> object(String reference) {
        try {
            return Optional.of(session.describe(KeyId.parse(reference)));
        } catch (HsmException e) {
            if (e.reason() == Reason.KEY_NOT_FOUND || e.reason() == Reason.ARGUMENT_INVALID) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean isEntry(ObjectInfo object) {
        return object.attributes().is(Attribute.TOKEN)
                && switch (object.attributes().get(Attribute.CLASS)) {
                    case PRIVATE_KEY, SECRET_KEY -> true;
                    case CERTIFICATE -> standsForItself(object);
                    case PUBLIC_KEY, DATA -> false;
                };
    }

    private static StoreEntry entry(ObjectInfo object) {
        ObjectClass objectClass = object.attributes().get(Attribute.CLASS);
        return switch (objectClass) {
            case PRIVATE_KEY -> new StoreEntry.PrivateKeyEntry(object);
            case SECRET_KEY -> new StoreEntry.SecretKeyEntry(object);
            case CERTIFICATE -> new StoreEntry.CertificateEntry(object);
            case PUBLIC_KEY, DATA -> throw HsmException.internal("a " + objectClass + " is no entry");
        };
    }
}
