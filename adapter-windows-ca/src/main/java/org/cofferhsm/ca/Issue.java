package org.cofferhsm.ca;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.cofferhsm.hsm.session.Session;

/** What makes one issued certificate different from every other: its serial number and its lifetime. */
record Issue(BigInteger serial, Instant from, Instant until) {

    /** Clocks differ: a certificate is valid from ten minutes before it is made, as AD CS does. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

    private static final int SERIAL_BYTES = 16;

    /** A serial number of 126 random bits (RFC 5280 §4.1.2.2 allows 159), and a lifetime that begins now. */
    static Issue now(Session session, Instant now, Duration validity) {
        BigInteger random = new BigInteger(1, session.random(SERIAL_BYTES));
        int bits = SERIAL_BYTES * Byte.SIZE;
        BigInteger serial = random.clearBit(bits - 1).setBit(bits - 2);
        return new Issue(serial, now.minus(CLOCK_SKEW), now.plus(validity));
    }

    /** The same, but valid no longer than its issuer. */
    Issue within(X509Certificate issuer) {
        Instant end = issuer.getNotAfter().toInstant();
        return new Issue(serial, from, until.isBefore(end) ? until : end);
    }
}
