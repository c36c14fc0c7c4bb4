package org.cofferhsm.hsm.migration;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cofferhsm.hsm.cryptoki.CryptokiAttribute;
import org.cofferhsm.hsm.cryptoki.ForeignSession;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.ObjectClass;

/** What is in the other token. */
record ForeignObjects(ForeignSession token) {

    /** Public halves come last: a pair's private key is what the move is about. */
    private static final Comparator<ForeignObject> PUBLIC_LAST = Comparator.comparing(object -> object.objectClass()
            .filter(found -> found == ObjectClass.PUBLIC_KEY)
            .isPresent());

    /** The token objects of these labels, or all when there are none. */
    List<ForeignObject> labelled(Set<String> labels) {
        return token.find(List.of(CryptokiAttribute.flag(Attribute.TOKEN, true))).stream()
                .map(handle -> new ForeignObject(token, handle))
                .filter(object -> labels.isEmpty() || labels.contains(object.label()))
                .sorted(PUBLIC_LAST)
                .toList();
    }

    /** The public half of a private key: the public key of its type and id, or of its label where it has no id. */
    Optional<ForeignObject> publicHalf(ForeignObject privateKey) {
        CryptokiAttribute same = privateKey.id().isEmpty()
                ? CryptokiAttribute.text(Attribute.LABEL, privateKey.label())
                : CryptokiAttribute.octets(Attribute.ID, privateKey.id());
        return token.find(List.of(CryptokiAttribute.of(ObjectClass.PUBLIC_KEY), same)).stream()
                .map(handle -> new ForeignObject(token, handle))
                .filter(half -> half.keyType().equals(privateKey.keyType()))
                .findFirst();
    }
}
