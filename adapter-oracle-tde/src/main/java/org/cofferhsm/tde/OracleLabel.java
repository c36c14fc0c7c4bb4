package org.cofferhsm.tde;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferhsm.hsm.key.Octets;

/**
 * The labels that Oracle gives to master keys in an HSM: unified ones since 11.2.0.2 or so, {@code ORACLE.TDE.HSM.MK.}
 * with {@code 06} and 16 bytes, and the older ones of tablespaces, {@code ORACLE.TSE.HSM.MK.} with {@code 07}, 16 bytes
 * and {@code 0203}.
 */
final class OracleLabel {

    private static final Pattern MASTER_KEY =
            Pattern.compile("ORACLE\\.(?:TDE\\.HSM\\.MK\\.(06[0-9A-F]{32})|TSE\\.HSM\\.MK\\.(07[0-9A-F]{32}0203))");

    private OracleLabel() {}

    /** The identifier in a label, when it is one of a master key. */
    static Optional<Octets> masterKey(String label) {
        Matcher matcher = MASTER_KEY.matcher(label);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unified = matcher.group(1);
        return Optional.of(Octets.ofHex(unified == null ? matcher.group(2) : unified));
    }
}
