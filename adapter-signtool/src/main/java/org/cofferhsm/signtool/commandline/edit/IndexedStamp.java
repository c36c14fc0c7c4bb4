package org.cofferhsm.signtool.commandline.edit;

import java.util.ArrayList;
import java.util.List;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.commandline.SignToolException;
import org.cofferhsm.signtool.timestamp.TimestampException;
import org.cofferhsm.signtool.timestamp.TimestampSource;

/** Timestamps the signature with an index ({@code /tp}): 0 is the primary one, then those nested in it. */
record IndexedStamp(TimestampSource timestamper, int index) {

    AuthenticodeSignature of(AuthenticodeSignature primary) throws TimestampException {
        if (index == 0) {
            return timestamper.stamp(primary);
        }
        List<AuthenticodeSignature> nested = new ArrayList<>(primary.nested());
        if (index > nested.size()) {
            throw new SignToolException("There is no signature with the index " + index + ".");
        }
        nested.set(index - 1, timestamper.stamp(nested.get(index - 1)));
        return primary.withAllNested(nested);
    }
}
