package org.cofferhsm.hsm.cli;

import org.cofferhsm.hsm.key.KeyTemplate;

/** {@code coffer key generate-symmetric aes}. */
final class KeyGenerateAesCommand extends KeyGenerateSymmetricCommand {

    KeyGenerateAesCommand() {
        super("aes", "Make an AES key");
    }

    @Override
    String lengths() {
        return "16, 24 or 32";
    }

    @Override
    KeyTemplate template(int bits) {
        return KeyTemplate.aes(bits);
    }
}
