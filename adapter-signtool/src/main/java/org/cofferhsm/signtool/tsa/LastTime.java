package org.cofferhsm.signtool.tsa;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.session.Session;

/**
 * A time that the module keeps for an authority: the label of a data object. The module guards its objects against
 * change and against an older copy being put back, which a file beside it would not be.
 */
final class LastTime {

    private static final String APPLICATION = "coffer-tsa-clock:";

    private final Session session;
    private final KeyId object;

    private LastTime(Session session, KeyId object) {
        this.session = session;
        this.object = object;
    }

    /** That of the authority with this key; made when it is not there. */
    static LastTime of(Session session, String key) {
        Attributes wanted = Attributes.of(Attribute.CLASS, ObjectClass.DATA)
                .with(Attribute.APPLICATION, APPLICATION + key)
                .with(Attribute.OWNER, session.user().name());
        return new LastTime(session, session.find(wanted).first().orElseGet(() -> create(session, key)));
    }

    private static KeyId create(Session session, String key) {
        Attributes attributes = Attributes.of(Attribute.CLASS, ObjectClass.DATA)
                .with(Attribute.APPLICATION, APPLICATION + key)
                .with(Attribute.TOKEN, true)
                .with(Attribute.LABEL, Instant.EPOCH.toString());
        byte[] value = "The label says which times have been given.".getBytes(StandardCharsets.UTF_8);
        return session.create(attributes, value);
    }

    /** Takes any time, even an earlier one or one instead of nonsense, and leaves a note of it in the audit log. */
    void reset(Instant time) {
        String before = session.describe(object).label();
        session.note("tsa", "clock set from " + before.replaceAll("[^\\w:.-]", "?") + " to " + time);
        write(time);
    }

    Instant read() {
        String label = session.describe(object).label();
        try {
            return Instant.parse(label);
        } catch (DateTimeException e) {
            throw HsmException.dataInvalid("the data object " + object + " should be labelled with the last time that"
                            + " the timestamp authority gave, not with \"" + label
                            + "\"; coffer tsa init --reset-clock sets it anew")
                    .causedBy(e);
        }
    }

    void write(Instant time) {
        session.change(object, Attributes.of(Attribute.LABEL, time.toString()));
    }
}
