package org.cofferhsm.hsm.channel;

import java.time.Duration;

/**
 * How a call is made.
 *
 * @param deadline when it ends at the latest, with a result or an error
 * @param repeatable whether it may be made again when the connection is lost after it was sent: not when it creates,
 *     changes or counts something
 */
public record Treatment(Duration deadline, boolean repeatable) {

    /** Made once. */
    public static final Treatment ONCE = new Treatment(Duration.ofSeconds(5), false);

    /** For what only reads. */
    public static final Treatment REPEATABLE = new Treatment(Duration.ofSeconds(5), true);

    /** For what takes long, such as making an RSA key. */
    public static final Treatment SLOW = new Treatment(Duration.ofSeconds(60), false);
}
