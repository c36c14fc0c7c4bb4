package org.cofferhsm.hsm;

import org.cofferhsm.hsm.seal.KeyFileSecret;
import org.cofferhsm.hsm.seal.PassphraseSecret;
import org.cofferhsm.hsm.seal.SealSecret;

/** The seal's own form of what opens it. */
final class SealSecrets {

    private SealSecrets() {}

    static SealSecret of(Seal seal) {
        if (seal instanceof KeyFile keyFile) {
            return new KeyFileSecret(keyFile.path());
        }
        return PassphraseSecret.of(((Passphrase) seal).characters());
    }
}
