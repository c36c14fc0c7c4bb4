package org.cofferhsm.tde;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The events of one user's keystore as the module keeps them. Other processes may add some at any time: {@link #history}
 * looks whether there is one with the next number, which takes one look-up of a label, and reads again only then.
 */
final class EventLog {

    private final Session session;
    private final Owned owned;
    private final Clock clock;
    // An event never changes, and its handle is never given to another object.
    private final Map<KeyId, KeyEvent> known = new ConcurrentHashMap<>();
    private volatile @Nullable History last;

    EventLog(Session session, Clock clock) {
        this.session = session;
        this.owned = new Owned(session);
        this.clock = clock;
    }

    History history() {
        History cached = last;
        if (cached != null && owned.count(KeyEvent.label(cached.number() + 1)) == 0) {
            return cached;
        }
        History now = read();
        last = now;
        return now;
    }

    private History read() {
        return new History(session.find(filter()).list().stream()
                .map(ObjectInfo::id)
                .map(this::event)
                .sorted(KeyEvent.ORDER)
                .toList());
    }

    private Attributes filter() {
        return Attributes.of(Attribute.CLASS, ObjectClass.DATA)
                .with(Attribute.APPLICATION, KeyEvent.APPLICATION)
                .with(Attribute.OWNER, session.user().name());
    }

    private KeyEvent event(KeyId id) {
        return known.computeIfAbsent(id, object -> KeyEvent.decode(session.value(object)));
    }

    /** An event as it would be the next; {@link #add} makes it so. Complains about a tag that no event can have. */
    KeyEvent next(KeyEvent.Kind kind, MasterKeyId key, Container container, String tag) {
        long number = history().number() + 1;
        return new KeyEvent(number, kind, key, new Moment(Instant.now(clock), container), tag);
    }

    /**
     * Keeps an event. When another process has added one of the same number, those who have read that one would not look
     * at this number again: the later of both is added once more, under a number that is new to everybody.
     */
    void add(KeyEvent event) {
        session.create(event.attributes(), event.encode());
        if (owned.count(KeyEvent.label(event.number())) > 1) {
            last = null;
            add(event.renumbered(history().number() + 1));
        }
    }
}
