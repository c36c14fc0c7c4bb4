package org.cofferhsm.hsm.cli;

import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;

/** {@code coffer key generate-asymmetric-pair ec}. */
final class KeyGenerateEcCommand extends KeyGeneratePairCommand {

    KeyGenerateEcCommand() {
        super("ec", "Make an elliptic-curve key pair");
    }

    @Override
    void declareKind(OptionSet options) {
        options.required("curve", "NAME", "secp256r1 (prime256v1), secp384r1, secp521r1, secp256k1, ed25519 or x25519");
    }

    @Override
    KeyPairTemplate kind(Invocation invocation) {
        return KeyPairTemplate.ec(Curve.named(invocation.get("curve")));
    }
}
