package org.cofferhsm.hsm.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.session.Matches;
import org.cofferhsm.hsm.session.Session;

/**
 * Which objects are meant, in CloudHSM's words: {@code key-reference=0x…} or {@code attr.NAME=VALUE …}.
 *
 * @param attributes what the objects have; nothing for all
 */
record KeyFilter(Optional<KeyId> reference, Attributes attributes) {

    static final String SYNTAX = "key-reference=0x... or attr.NAME=VALUE ...";
    private static final String REFERENCE = "key-reference=";
    private static final String ATTRIBUTE = "attr.";

    static KeyFilter of(Invocation invocation, String option) {
        return parse(invocation.all(option));
    }

    static KeyFilter parse(List<String> terms) {
        Optional<KeyId> reference = Optional.empty();
        List<String> pairs = new ArrayList<>();
        for (String term : terms) {
            if (term.startsWith(REFERENCE) && reference.isEmpty()) {
                reference = Optional.of(KeyId.parse(term.substring(REFERENCE.length())));
            } else if (term.startsWith(ATTRIBUTE)) {
                pairs.add(term.substring(ATTRIBUTE.length()));
            } else {
                throw new UsageException("\"" + term + "\" is not a filter; write " + SYNTAX);
            }
        }
        return new KeyFilter(reference, AttributePairs.parse(pairs));
    }

    /** The objects that are meant. */
    Matches in(Session session) {
        return reference
                .map(key -> new Matches("the key reference " + key, List.of(session.describe(key))).with(attributes))
                .orElseGet(() -> session.find(attributes));
    }

    /** The one object that is meant. */
    KeyId one(Session session) {
        if (reference.isEmpty() && attributes.equals(Attributes.NONE)) {
            throw HsmException.argumentInvalid("the filter is empty and would match any key; write " + SYNTAX);
        }
        return reference.isPresent() && attributes.equals(Attributes.NONE)
                ? reference.get()
                : in(session).one();
    }

    /** The one object of a class that is meant: the halves of a key pair may share their label. */
    KeyId one(Session session, ObjectClass objectClass) {
        boolean bound = reference.isPresent() || attributes.has(Attribute.CLASS) || attributes.equals(Attributes.NONE);
        return bound ? one(session) : in(session).of(objectClass).one();
    }
}
