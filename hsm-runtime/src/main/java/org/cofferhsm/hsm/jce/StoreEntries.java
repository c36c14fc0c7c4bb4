package org.cofferhsm.hsm.jce;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    List<String> aliases() {
        return byLabel().entrySet().stream()
                .flatMap(entry -> aliases(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Map<String, List<ObjectInfo>> byLabel() {
        return Stream.of(ObjectClass.PRIVATE_KEY, ObjectClass.SECRET_KEY, ObjectClass.CERTIFICATE)
                .flatMap(this::tokenObjects)
                .collect(Collectors.groupingBy(ObjectInfo::label, TreeMap::new, Collectors.toList()));
    }

    private Stream<ObjectInfo> tokenObjects(ObjectClass objectClass) {
        return session.find(Attributes.of(Attribute.CLASS, objectClass).with(Attribute.TOKEN, true)).list().stream()
                .filter(object -> !isCertificate(object) || standsForItself(object));
    }

    private static Stream<String> aliases(String label, List<ObjectInfo> objects) {
        List<ObjectInfo> entries = keysBeforeCertificates(objects);
        return !label.isEmpty() && entries.size() == 1
                ? Stream.of(label)
                : entries.stream().map(StoreEntries::reference);
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
        boolean own = attributes
                .find(Attribute.OWNER)
                .filter(session.user().name()::equals)
                .isPresent();
        return !certificate.label().isEmpty() && (own || attributes.is(Attribute.TRUSTED));
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
