package org.cofferhsm.hsm.cli;

import org.cofferhsm.hsm.key.KeyTemplate;

/** {@code coffer key generate-symmetric generic-secret}. */
final class KeyGenerateGenericSecretCommand extends KeyGenerateSymmetricCommand {

    KeyGenerateGenericSecretCommand() {
        super("generic-secret", "Make a generic secret, for HMAC and derivation");
    }

    @Override
    String lengths() {
        return "1 to 800";
    }

    @Override
    KeyTemplate template(int bits) {
        return KeyTemplate.genericSecret(bits);
    }
}
