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
 * @param nativeCode whether RSA and elliptic curves are computed in native code where that loads, which is quicker from
 *     about the fifth operation; the JDK's own engine need not be loaded
 * @param clock by which dates of keys (in the system's time zone), tickets and old PINs are judged
 */
public record HsmConfig(Path home, boolean syncEveryUse, Duration ticketLifetime, boolean nativeCode, Clock clock) {

    /** How long a ticket stands for a login, unless it is said otherwise. */
    public static final Duration TICKET_LIFETIME = Duration.ofHours(12);

    /** The module in this directory, with the usual settings. */
    public static HsmConfig at(Path home) {
        return new HsmConfig(home.toAbsolutePath().normalize(), false, TICKET_LIFETIME, true, Clock.systemUTC());
    }

    public HsmConfig syncingEveryUse() {
        return new HsmConfig(home, true, ticketLifetime, nativeCode, clock);
    }

    public HsmConfig withTicketLifetime(Duration lifetime) {
        return new HsmConfig(home, syncEveryUse, lifetime, nativeCode, clock);
    }

    public HsmConfig withoutNativeCode() {
        return new HsmConfig(home, syncEveryUse, ticketLifetime, false, clock);
    }

    public HsmConfig withClock(Clock other) {
        return new HsmConfig(home, syncEveryUse, ticketLifetime, nativeCode, other);
    }
}
