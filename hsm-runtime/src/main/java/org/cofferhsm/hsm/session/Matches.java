package org.cofferhsm.hsm.session;

import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;

/**
 * The objects that a search found, in the order of their handles.
 *
 * @param sought what was looked for, in words for messages
 */
public record Matches(String sought, List<ObjectInfo> list) {

    public Matches {
        list = List.copyOf(list);
    }

    /** Those of one class: a key pair's halves usually share their label. */
    public Matches of(ObjectClass objectClass) {
        return with(Attributes.of(Attribute.CLASS, objectClass));
    }

    /** Those that have these attributes too. */
    public Matches with(Attributes filter) {
        return new Matches(
                sought + " " + filter,
                list.stream()
                        .filter(object -> object.attributes().match(filter))
                        .toList());
    }

    /** The only one; complains when there is none or more than one. */
    public KeyId one() {
        return switch (list.size()) {
            case 0 -> throw HsmException.keyNotFound("no object of this user has " + sought);
            case 1 -> list.get(0).id();
            default ->
                throw HsmException.keyAmbiguous(list.size() + " objects have " + sought + " ("
                        + list.get(0).id() + ", " + list.get(1).id() + " …); name one by its key reference");
        };
    }

    /** The first, when there is any. */
    public Optional<KeyId> first() {
        return list.stream().map(ObjectInfo::id).findFirst();
    }

    public List<KeyId> ids() {
        return list.stream().map(ObjectInfo::id).toList();
    }
}
