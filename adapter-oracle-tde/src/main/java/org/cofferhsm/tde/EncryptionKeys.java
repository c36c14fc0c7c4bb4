package org.cofferhsm.tde;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Octets;

/** All master keys of a user: what the keystore's events tell of them, and what the module has. */
final class EncryptionKeys {

    private EncryptionKeys() {}

    /** Those that only Oracle knows come first, then the others in the order of their activation. */
    static List<EncryptionKey> of(String user, History history, List<ObjectInfo> objects) {
        Map<Octets, EncryptionKey.Found> found = new LinkedHashMap<>();
        for (ObjectInfo object : objects) {
            OracleLabel.masterKey(object.label()).ifPresent(id -> found.put(id, found(user, object)));
        }
        Map<Octets, MasterKey> known = new LinkedHashMap<>();
        history.keys().forEach(key -> known.put(key.id().bytes(), key));
        Stream<Octets> foreign = found.keySet().stream().filter(id -> !known.containsKey(id));
        return Stream.concat(foreign, known.keySet().stream())
                .map(id ->
                        new EncryptionKey(id, Optional.ofNullable(known.get(id)), Optional.ofNullable(found.get(id))))
                .toList();
    }

    private static EncryptionKey.Found found(String user, ObjectInfo object) {
        return new EncryptionKey.Found(user, object.attributes().is(Attribute.LOCAL));
    }
}
