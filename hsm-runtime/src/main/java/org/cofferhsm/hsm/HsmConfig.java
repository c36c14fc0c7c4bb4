package org.cofferhsm.hsm;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * Where a module lives and how it is run.
 *
 * @param home the module's directory
 * @param syncEveryUse whether the audit record of a use is on disk before its result is released; else within a second
 * @param ticketLifetime how long a ticket stands for a login; see {@link Hsm#ticketFor}
 * @param clock by which dates of keys (in the system's time zone), tickets and old PINs are judged
 */
public record HsmConfig(Path home, boolean syncEveryUse, Duration ticketLifetime, Clock clock) {

    /** How long a ticket stands for a login, unless it is said otherwise. */
    public static final Duration TICKET_LIFETIME = Duration.ofHours(12);

    /** The module in this directory, with the usual settings. */
    public static HsmConfig at(Path home) {
        return new HsmConfig(home.toAbsolutePath().normalize(), false, TICKET_LIFETIME, Clock.systemUTC());
    }

    public HsmConfig syncingEveryUse() {
        return new HsmConfig(home, true, ticketLifetime, clock);
    }

    public HsmConfig withTicketLifetime(Duration lifetime) {
        return new HsmConfig(home, syncEveryUse, lifetime, clock);
    }

    public HsmConfig withClock(Clock other) {
        return new HsmConfig(home, syncEveryUse, ticketLifetime, other);
    }
}
