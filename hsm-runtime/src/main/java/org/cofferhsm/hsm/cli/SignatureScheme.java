package org.cofferhsm.hsm.cli;

import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.NumberRange;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Parameters;

/** How data is signed, by CloudHSM's names. */
enum SignatureScheme {
    RSA_PKCS("rsa-pkcs", "RSA PKCS#1 v1.5"),
    RSA_PKCS_PSS("rsa-pkcs-pss", "RSA-PSS"),
    ECDSA("ecdsa", "ECDSA; signatures are r and s side by side"),
    ED25519("ed25519", "Ed25519"),
    ML_DSA("ml-dsa", "ML-DSA (FIPS 204)");

    private final String text;
    private final String description;

    SignatureScheme(String text, String description) {
        this.text = text;
        this.description = description;
    }

    String text() {
        return text;
    }

    String description() {
        return description;
    }

    /** Adds the options for this scheme's parameters. */
    protected void declare(OptionSet options) {
        switch (this) {
            case RSA_PKCS, ECDSA -> HashOption.declare(options);
            case RSA_PKCS_PSS -> {
                HashOption.declareWithMgf(options);
                options.value("salt-length", "BYTES", "as long as the digest unless said otherwise");
            }
            case ED25519, ML_DSA -> {}
        }
    }

    Algorithm algorithm(Invocation invocation) {
        return switch (this) {
            case RSA_PKCS -> Algorithm.of(mechanism("_RSA_PKCS", HashOption.hash(invocation)));
            case RSA_PKCS_PSS -> pss(invocation, HashOption.hash(invocation));
            case ECDSA -> Algorithm.of(MechanismType.valueOf("ECDSA_" + HashOption.hash(invocation)));
            case ED25519 -> Algorithm.EDDSA;
            case ML_DSA -> Algorithm.ML_DSA;
        };
    }

    private static Algorithm pss(Invocation invocation, Hash hash) {
        int salt = invocation.findNumber("salt-length", NumberRange.SIZE).orElse(hash.bytes());
        return new Algorithm(
                mechanism("_RSA_PKCS_PSS", hash), new Parameters.Pss(hash, HashOption.mgf(invocation), salt));
    }

    private static MechanismType mechanism(String ending, Hash hash) {
        return MechanismType.valueOf(hash + ending);
    }
}
