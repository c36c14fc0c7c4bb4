package org.cofferhsm.tde;

import java.util.List;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.session.Session;

/**
 * The objects that a session's user owns. Shared and public ones do not count: another user could else slip in a master
 * key or an event of theirs.
 */
final class Owned {

    private final Session session;
    private final String owner;

    Owned(Session session) {
        this.session = session;
        this.owner = session.user().name();
    }

    List<ObjectInfo> labelled(String label) {
        List<ObjectInfo> found = session.find(label).list();
        return found.isEmpty() ? found : found.stream().filter(this::isOwn).toList();
    }

    long count(String label) {
        return labelled(label).size();
    }

    private boolean isOwn(ObjectInfo object) {
        return object.attributes().find(Attribute.OWNER).filter(owner::equals).isPresent();
    }
}
