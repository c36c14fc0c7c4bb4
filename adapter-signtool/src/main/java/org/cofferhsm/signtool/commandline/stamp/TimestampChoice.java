package org.cofferhsm.signtool.commandline.stamp;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.ParsedCommand;
import org.cofferhsm.signtool.commandline.SignToolException;
import org.cofferhsm.signtool.timestamp.AuthenticodeSource;
import org.cofferhsm.signtool.timestamp.Rfc3161Source;
import org.cofferhsm.signtool.timestamp.TimestampRules;
import org.cofferhsm.signtool.timestamp.TimestampServer;
import org.cofferhsm.signtool.timestamp.TimestampSource;

/** Which authority a command asks: {@code /t}, {@code /tr}, {@code /td}. */
public record TimestampChoice(ParsedCommand command, Clock clock) {

    private static final String NO_DIGEST =
            "No timestamp digest algorithm specified. Please specify the digest algorithm with the /td flag. Using /td"
                    + " SHA256 is recommended and more secure than SHA1. Calling signtool with /td sha1 is equivalent to"
                    + " the previous behavior.";

    /**
     * The one, if a timestamp is wanted at all. Complains about a missing or unknown {@code /td}.
     *
     * @param signer whose own hash function {@code /td certHash} means
     * @param anchors what the authority's chain may end in
     */
    public Optional<TimestampSource> chosen(Optional<X509Certificate> signer, Set<X509Certificate> anchors) {
        TimestampRules rules = new TimestampRules(anchors, Optional.empty(), TimestampRules.USUAL_TOLERANCE, clock);
        Optional<String> strict = command.value(Option.RFC3161_TIMESTAMP);
        if (strict.isPresent()) {
            return Optional.of(new Rfc3161Source(TimestampServer.at(strict.get()), digest(signer), rules));
        }
        Optional<String> legacy = command.value(Option.LEGACY_TIMESTAMP);
        return legacy.isPresent()
                ? Optional.of(new AuthenticodeSource(TimestampServer.at(legacy.get()), rules))
                : Optional.empty();
    }

    /** Complains early, before anything is signed. */
    public void check() {
        if (command.has(Option.RFC3161_TIMESTAMP) && !command.has(Option.TIMESTAMP_DIGEST)) {
            throw new SignToolException(NO_DIGEST);
        }
        if (command.has(Option.TIMESTAMP_DIGEST) && !command.has(Option.RFC3161_TIMESTAMP)) {
            throw new SignToolException("The /td option requires the /tr option.");
        }
    }

    private DigestAlgorithm digest(Optional<X509Certificate> signer) {
        String name = command.value(Option.TIMESTAMP_DIGEST).orElseThrow(() -> new SignToolException(NO_DIGEST));
        return DigestNames.of("/td", name, signer);
    }
}
