package org.cofferhsm.hsm.crypto.rsa;

import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.util.DigestFactory;
import org.cofferhsm.hsm.key.Hash;

/** The hashes inside Bouncy Castle's encodings. They are slow, but see a few blocks only: data is hashed by the engine. */
final class BouncyDigests {

    private BouncyDigests() {}

    static Digest of(Hash hash) {
        return switch (hash) {
            case SHA1 -> DigestFactory.createSHA1();
            case SHA224 -> DigestFactory.createSHA224();
            case SHA256 -> DigestFactory.createSHA256();
            case SHA384 -> DigestFactory.createSHA384();
            case SHA512 -> DigestFactory.createSHA512();
        };
    }
}
