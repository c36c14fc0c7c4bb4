package org.cofferhsm.signtool.commandline.stamp;

import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.commandline.SignToolException;

/** The hash functions that {@code /fd} and {@code /td} name; {@code certHash} is that of the certificate's signature. */
public final class DigestNames {

    private DigestNames() {}

    /** The one meant. Complains in SignTool's words. */
    public static DigestAlgorithm of(String option, String name, Optional<X509Certificate> signer) {
        Optional<DigestAlgorithm> meant = name.equalsIgnoreCase("certHash")
                ? signer.flatMap(DigestNames::ofCertificate)
                : DigestAlgorithm.named(name);
        String last = signer.isPresent() ? ", SHA512 or certHash" : " or SHA512";
        return meant.orElseThrow(() -> new SignToolException("The value of the " + option + " option is not valid: "
                + name + "; it is SHA1, SHA256, SHA384" + last));
    }

    /** The hash function in a certificate's own signature. */
    public static Optional<DigestAlgorithm> ofCertificate(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        int with = algorithm.indexOf("WITH");
        return with < 0 ? Optional.empty() : DigestAlgorithm.named(algorithm.substring(0, with));
    }
}
