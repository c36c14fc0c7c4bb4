package org.cofferhsm.signtool.commandline.select;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.signtool.signing.ModuleKey;

/**
 * A certificate that might sign.
 *
 * @param chain the certificate, then what is known of its issuers
 * @param key its private key, if this user has it in the module
 */
public record Candidate(List<X509Certificate> chain, Optional<ModuleKey> key) {

    public Candidate {
        chain = List.copyOf(chain);
    }

    static Candidate of(ModuleKey key) {
        return new Candidate(key.chain(), Optional.of(key));
    }

    /** The certificate itself. */
    public X509Certificate certificate() {
        return chain.get(0);
    }
}
