package org.cofferhsm.signtool.signing;

import org.cofferhsm.signtool.authenticode.PreparedSignature;

/** Whoever makes signature values: a key in the module, or somebody elsewhere. */
@FunctionalInterface
public interface Signatory {

    /**
     * Signs.
     *
     * @return the value as CMS has it, for {@link PreparedSignature#complete}: RSA PKCS#1 v1.5, or ECDSA in DER
     */
    byte[] sign(PreparedSignature prepared);
}
