package org.cofferhsm.tde;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.session.Session;

/**
 * Which containers of a keystore are closed: a private data object each, which stays over restarts until the keystore is
 * opened. Closing the root closes its united pluggable databases with it.
 */
final class ClosedMarks {

    private static final String LABEL = "coffer.tde.closed.";

    private final Session session;
    private final Owned owned;

    ClosedMarks(Session session) {
        this.session = session;
        this.owned = new Owned(session);
    }

    boolean isClosed(Container container) {
        return isMarked(container) || container.mode() == Container.Mode.UNITED && isMarked(Container.ROOT);
    }

    /** Whether this very container was closed. */
    boolean isMarked(Container container) {
        return !marks(container).isEmpty();
    }

    private List<ObjectInfo> marks(Container container) {
        return owned.labelled(LABEL + container.name());
    }

    void close(Container container) {
        session.create(
                Attributes.of(Attribute.CLASS, ObjectClass.DATA)
                        .with(Attribute.APPLICATION, KeyEvent.APPLICATION + ".state")
                        .with(Attribute.LABEL, LABEL + container.name())
                        .with(Attribute.TOKEN, true)
                        .with(Attribute.PRIVATE, true),
                container.name().getBytes(StandardCharsets.US_ASCII)); // an object cannot be empty
    }

    void open(Container container) {
        marks(container).forEach(mark -> session.destroy(mark.id()));
    }
}
