package org.cofferhsm.hsm.crypto.ec;

import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.generators.KDF2BytesGenerator;
import org.bouncycastle.crypto.params.KDFParameters;
import org.bouncycastle.crypto.util.DigestFactory;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.Octets;

/** The key derivation function of ANSI X9.63 (SEC 1 v2 §3.6.1), which ISO 18033-2 calls KDF2. */
record X963Kdf(Hash hash) {

    private static final int MAX_BYTES = 4096;

    /** {@code bytes} of key from the shared secret; 0 for as many as the hash has. */
    byte[] derive(byte[] shared, Octets sharedInfo, int bytes) {
        if (bytes < 0 || bytes > MAX_BYTES) {
            throw HsmException.keySizeRange(
                    "a key of " + bytes + " bytes cannot be derived; ask for 1 to " + MAX_BYTES);
        }
        byte[] derived = new byte[bytes == 0 ? hash.bytes() : bytes];
        KDF2BytesGenerator kdf = new KDF2BytesGenerator(digest());
        kdf.init(new KDFParameters(shared, sharedInfo.toByteArray()));
        kdf.generateBytes(derived, 0, derived.length);
        return derived;
    }

    private Digest digest() {
        return switch (hash) {
            case SHA1 -> DigestFactory.createSHA1();
            case SHA224 -> DigestFactory.createSHA224();
            case SHA256 -> DigestFactory.createSHA256();
            case SHA384 -> DigestFactory.createSHA384();
            case SHA512 -> DigestFactory.createSHA512();
        };
    }
}
