package org.cofferhsm.hsm.cli;

import java.util.List;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.session.Matches;
import org.cofferhsm.hsm.session.Session;

/** The key that is to be wrapped: the secret half, when a key pair shares one label. */
final class Payload {

    private Payload() {}

    static KeyId of(KeyFilter filter, Session session) {
        if (filter.reference().isPresent() || filter.attributes().equals(Attributes.NONE)) {
            return filter.one(session);
        }
        Matches found = filter.in(session);
        List<ObjectInfo> secrets = found.list().stream()
                .filter(object -> object.attributes()
                        .find(Attribute.CLASS)
                        .filter(ObjectClass::isSecret)
                        .isPresent())
                .toList();
        return new Matches(found.sought(), secrets).one();
    }
}
