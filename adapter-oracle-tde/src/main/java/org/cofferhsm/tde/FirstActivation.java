package org.cofferhsm.tde;

import java.time.Instant;

/**
 * An activation as the first version of the keystore recorded it, before there were containers: a version line, then
 * number, key, time and tag, one to a line. No longer written.
 */
final class FirstActivation {

    static final String VERSION = "coffer-tde-activation 1";
    static final int LINES = 5;

    private FirstActivation() {}

    static KeyEvent decode(String[] lines) {
        return new KeyEvent(
                Long.parseLong(lines[1]),
                KeyEvent.Kind.ACTIVATED,
                MasterKeyId.ofHex(lines[2]),
                new Moment(Instant.parse(lines[3]), Container.ROOT),
                lines[4]);
    }
}
