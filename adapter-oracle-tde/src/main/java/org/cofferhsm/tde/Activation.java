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
 * The record that a master key became the current one: a private data object of the keystore's user. A key made without
 * one was never used. Its value is text: a version line, then number, key, time and tag, one to a line.
 *
 * @param number counts the activations of this keystore from 1; the highest names the current key
 */
record Activation(long number, MasterKeyId key, Instant time, String tag) {

    static final String LABEL = "coffer.tde.activation";

    static final Comparator<Activation> ORDER = Comparator.comparingLong(Activation::number)
            .thenComparing(Activation::time)
            .thenComparing(activation -> activation.key().bytes());

    private static final String VERSION = "coffer-tde-activation 1";
    private static final int LINES = 5;
    private static final int TAG_LIMIT = 1024;

    Activation {
        if (tag.length() > TAG_LIMIT || tag.chars().anyMatch(Character::isISOControl)) {
            throw HsmException.argumentInvalid(
                    "a tag has at most " + TAG_LIMIT + " characters and no line breaks or other control characters");
        }
    }

    /** The attributes of such an object. */
    static Attributes attributes() {
        return Attributes.of(Attribute.CLASS, ObjectClass.DATA)
                .with(Attribute.APPLICATION, "org.cofferhsm.tde")
                .with(Attribute.LABEL, LABEL)
                .with(Attribute.TOKEN, true)
                .with(Attribute.PRIVATE, true);
    }

    byte[] encode() {
        return String.join("\n", VERSION, Long.toString(number), key.toString(), time.toString(), tag)
                .getBytes(StandardCharsets.UTF_8);
    }

    static Activation decode(byte[] encoded) {
        String[] lines = new String(encoded, StandardCharsets.UTF_8).split("\n", -1);
        if (lines.length != LINES || !lines[0].equals(VERSION)) {
            throw HsmException.storeVersionUnsupported("an activation record of the TDE keystore begins with \""
                    + lines[0] + "\", not with \"" + VERSION + "\"; a newer version of Coffer may have written it");
        }
        try {
            return new Activation(
                    Long.parseLong(lines[1]), MasterKeyId.ofHex(lines[2]), Instant.parse(lines[3]), lines[4]);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw HsmException.dataInvalid("an activation record of the TDE keystore is malformed")
                    .causedBy(e);
        }
    }
}
