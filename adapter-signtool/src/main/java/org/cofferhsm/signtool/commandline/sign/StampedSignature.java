package org.cofferhsm.signtool.commandline.sign;

import java.util.Optional;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.timestamp.TimestampException;
import org.cofferhsm.signtool.timestamp.TimestampSource;

/**
 * A signature after an authority was asked, if one shall be.
 *
 * @param signature with its timestamp, where there is one
 * @param failure why it has none although one was asked for
 */
record StampedSignature(AuthenticodeSignature signature, Optional<TimestampException> failure) {

    /**
     * Asks.
     *
     * @param required whether a signature without its timestamp is none at all
     */
    static StampedSignature of(AuthenticodeSignature signature, Optional<TimestampSource> timestamper, boolean required)
            throws TimestampException {
        if (timestamper.isEmpty()) {
            return new StampedSignature(signature, Optional.empty());
        }
        try {
            return new StampedSignature(timestamper.get().stamp(signature), Optional.empty());
        } catch (TimestampException e) {
            if (required) {
                throw e;
            }
            return new StampedSignature(signature, Optional.of(e));
        }
    }
}
