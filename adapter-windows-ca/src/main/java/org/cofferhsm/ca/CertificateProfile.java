package org.cofferhsm.ca;

import java.time.Duration;
import java.util.List;
import org.cofferhsm.hsm.error.HsmException;

/**
 * What the CA puts into a certificate, whatever the request asks for.
 *
 * @param validity how long it is valid, but never longer than the CA's own certificate
 * @param needsNames whether the request must bring at least one DNS name or address
 */
public record CertificateProfile(List<Purpose> purposes, Duration validity, boolean needsNames) {

    /** A TLS server, 398 days: the longest that browsers accept. */
    public static final CertificateProfile WEB_SERVER =
            new CertificateProfile(List.of(Purpose.SERVER_AUTHENTICATION), Duration.ofDays(398), true);

    /** A TLS client, one year. */
    public static final CertificateProfile CLIENT =
            new CertificateProfile(List.of(Purpose.CLIENT_AUTHENTICATION), Duration.ofDays(365), false);

    /** A publisher of code, one year. */
    public static final CertificateProfile CODE_SIGNER =
            new CertificateProfile(List.of(Purpose.CODE_SIGNING), Duration.ofDays(365), false);

    public CertificateProfile {
        purposes = List.copyOf(purposes);
        if (purposes.isEmpty() || validity.isNegative() || validity.isZero()) {
            throw HsmException.argumentInvalid("a profile has at least one purpose and a validity longer than nothing");
        }
    }
}
