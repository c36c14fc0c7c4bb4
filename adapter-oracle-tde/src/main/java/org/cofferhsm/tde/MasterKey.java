package org.cofferhsm.tde;

import java.util.Optional;

/**
 * A master key that this keystore made or used.
 *
 * @param tag what the DBA wrote to it last, or an empty string
 * @param creation when it was made; empty when Oracle made it
 * @param activation when it last became the current one; empty when it never was
 * @param current whether new tablespace keys of the container are wrapped under it
 */
public record MasterKey(
        MasterKeyId id, String tag, Optional<Moment> creation, Optional<Moment> activation, boolean current) {

    /** One of which nothing has happened yet. */
    static MasterKey unused(MasterKeyId id) {
        return new MasterKey(id, "", Optional.empty(), Optional.empty(), false);
    }

    /** The same after one more event. */
    MasterKey after(KeyEvent event) {
        return switch (event.kind()) {
            case CREATED -> new MasterKey(id, event.tag(), Optional.of(event.moment()), activation, current);
            case ACTIVATED ->
                new MasterKey(
                        id, event.tag().isEmpty() ? tag : event.tag(), creation, Optional.of(event.moment()), true);
            case TAGGED -> new MasterKey(id, event.tag(), creation, activation, current);
        };
    }

    /** The same, since another key has become the current one. */
    MasterKey retired() {
        return new MasterKey(id, tag, creation, activation, false);
    }
}
