package org.cofferhsm.hsm.session.local;

import java.util.HashSet;
import java.util.Set;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;

/** The crypto users that a key is shared with. */
final class Shares {

    private Shares() {}

    static Set<String> of(Attributes key) {
        return key.find(Attribute.SHARED_USERS).orElse(Set.of());
    }

    static Attributes with(Attributes key, String userName) {
        Set<String> names = new HashSet<>(of(key));
        names.add(userName);
        return key.with(Attribute.SHARED_USERS, Set.copyOf(names));
    }

    static Attributes without(Attributes key, String userName) {
        Set<String> names = new HashSet<>(of(key));
        names.remove(userName);
        return names.isEmpty()
                ? key.without(Attribute.SHARED_USERS)
                : key.with(Attribute.SHARED_USERS, Set.copyOf(names));
    }
}
