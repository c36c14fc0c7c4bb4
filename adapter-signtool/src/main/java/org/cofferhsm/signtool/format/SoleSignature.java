package org.cofferhsm.signtool.format;

import java.util.List;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/** The only signature of a file whose format has room for one; further ones are nested in it. */
public final class SoleSignature {

    private SoleSignature() {}

    /**
     * The one in the list.
     *
     * @param holder what has room for one, for the message: "a cabinet"
     */
    public static Octets of(String holder, List<Octets> signatures) {
        if (signatures.size() != 1) {
            throw HsmException.argumentInvalid(
                    holder + " holds one signature and not " + signatures.size() + "; nest the others in the first");
        }
        return signatures.get(0);
    }
}
