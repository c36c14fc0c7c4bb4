package org.cofferhsm.hsm.jce;

import static org.cofferhsm.hsm.key.Usage.DECRYPT;
import static org.cofferhsm.hsm.key.Usage.DERIVE;
import static org.cofferhsm.hsm.key.Usage.ENCRYPT;
import static org.cofferhsm.hsm.key.Usage.SIGN;
import static org.cofferhsm.hsm.key.Usage.UNWRAP;
import static org.cofferhsm.hsm.key.Usage.VERIFY;
import static org.cofferhsm.hsm.key.Usage.WRAP;

import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.Usage;

/**
 * What a key becomes when the program gives no template: a session object that may do whatever its type can, which is
 * what programs written for other providers expect. A key store turns it into a token object.
 *
 * <p>An AES key either protects data or transports keys, never both: {@code KeyGenerator} has {@code AES} for the one and
 * {@code AESWrap} for the other. Secret keys can be wrapped, for a session key that cannot leave dies with its session;
 * private keys cannot.
 */
final class Defaults {

    private Defaults() {}

    static KeyTemplate dataKey(int bits) {
        return KeyTemplate.aes(bits)
                .allowing(usagesOf(KeyType.AES))
                .extractable()
                .forSession();
    }

    static KeyTemplate wrappingKey(int bits) {
        return KeyTemplate.aes(bits).allowing(WRAP, UNWRAP).forSession();
    }

    /** A secret whose length the wrapped or derived value decides. */
    static KeyTemplate secret(KeyType type) {
        return KeyTemplate.secret(type).allowing(usagesOf(type)).extractable().forSession();
    }

    static KeyTemplate privateKey(KeyType type) {
        return KeyTemplate.privateKey(type).allowing(privateUsagesOf(type)).forSession();
    }

    static KeyPairTemplate pair(KeyPairTemplate template, KeyType type) {
        KeyPairTemplate usable = type == KeyType.ML_KEM
                ? template.with(DERIVE.attribute(), true)
                : template.allowing(publicUsagesOf(type)).allowing(privateUsagesOf(type));
        return usable.forSession();
    }

    private static Usage[] usagesOf(KeyType type) {
        return type == KeyType.AES
                ? new Usage[] {ENCRYPT, DECRYPT, SIGN, VERIFY, DERIVE}
                : new Usage[] {SIGN, VERIFY, DERIVE};
    }

    private static Usage[] publicUsagesOf(KeyType type) {
        return switch (type) {
            case RSA -> new Usage[] {ENCRYPT, VERIFY, WRAP};
            case EC, EC_EDWARDS, ML_DSA -> new Usage[] {VERIFY};
            default -> new Usage[0];
        };
    }

    private static Usage[] privateUsagesOf(KeyType type) {
        return switch (type) {
            case RSA -> new Usage[] {DECRYPT, SIGN, UNWRAP};
            case EC -> new Usage[] {SIGN, DERIVE};
            case EC_EDWARDS, ML_DSA -> new Usage[] {SIGN};
            case EC_MONTGOMERY, ML_KEM -> new Usage[] {DERIVE};
            default -> new Usage[0];
        };
    }
}
