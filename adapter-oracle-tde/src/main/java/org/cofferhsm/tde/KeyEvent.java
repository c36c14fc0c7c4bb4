package org.cofferhsm.tde;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectClass;

/**
 * What happened to a master key: a private data object of the keystore's user that nobody changes any more. Its value is
 * text: a version line, then number, kind, key, container, mode, time and tag, one to a line.
 *
 * @param number counts the events of this keystore from 1
 * @param tag the key's tag from now on; an activation without one leaves it as it was
 */
record KeyEvent(long number, Kind kind, MasterKeyId key, Moment moment, String tag) {

    /** What can happen. */
    enum Kind {
        CREATED,
        ACTIVATED,
        TAGGED
    }

    static final String APPLICATION = "org.cofferhsm.tde";

    static final Comparator<KeyEvent> ORDER = Comparator.comparingLong(KeyEvent::number)
            .thenComparing(event -> event.moment().time())
            .thenComparing(event -> event.key().bytes());

    private static final String LABEL = "coffer.tde.event.";
    private static final String VERSION = "coffer-tde-event 1";
    private static final int LINES = 8;
    private static final int TAG_LIMIT = 1024;

    KeyEvent {
        if (tag.length() > TAG_LIMIT || tag.chars().anyMatch(Character::isISOControl)) {
            throw HsmException.argumentInvalid(
                    "a tag has at most " + TAG_LIMIT + " characters and no line breaks or other control characters");
        }
    }

    /** The same event once more, with another number. */
    KeyEvent renumbered(long other) {
        return new KeyEvent(other, kind, key, moment, tag);
    }

    /** The label of the events of this number: usually one. */
    static String label(long number) {
        return LABEL + number;
    }

    /** The attributes of such an object; like a master key, it is not destroyed by mistake. */
    Attributes attributes() {
        return Attributes.of(Attribute.CLASS, ObjectClass.DATA)
                .with(Attribute.APPLICATION, APPLICATION)
                .with(Attribute.LABEL, label(number))
                .with(Attribute.TOKEN, true)
                .with(Attribute.PRIVATE, true)
                .with(Attribute.MODIFIABLE, false)
                .with(Attribute.DESTROYABLE, false);
    }

    byte[] encode() {
        return String.join(
                        "\n",
                        VERSION,
                        Long.toString(number),
                        kind.name(),
                        key.toString(),
                        moment.container().name(),
                        moment.container().mode().name(),
                        moment.time().toString(),
                        tag)
                .getBytes(StandardCharsets.UTF_8);
    }

    static KeyEvent decode(byte[] encoded) {
        String[] lines = new String(encoded, StandardCharsets.UTF_8).split("\n", -1);
        try {
            if (is(lines, VERSION, LINES)) {
                return decode(lines);
            }
            if (is(lines, FirstActivation.VERSION, FirstActivation.LINES)) {
                return FirstActivation.decode(lines);
            }
        } catch (IllegalArgumentException | DateTimeException | HsmException e) {
            throw HsmException.dataInvalid("a record of the TDE keystore is malformed")
                    .causedBy(e);
        }
        throw HsmException.storeVersionUnsupported("a record of the TDE keystore begins with \"" + lines[0]
                + "\", not with \"" + VERSION + "\"; a newer version of Coffer may have written it");
    }

    private static boolean is(String[] lines, String version, int count) {
        return lines.length == count && lines[0].equals(version);
    }

    private static KeyEvent decode(String[] lines) {
        Container container = new Container(lines[4], Container.Mode.valueOf(lines[5]));
        return new KeyEvent(
                Long.parseLong(lines[1]),
                Kind.valueOf(lines[2]),
                MasterKeyId.ofHex(lines[3]),
                new Moment(Instant.parse(lines[6]), container),
                lines[7]);
    }
}
