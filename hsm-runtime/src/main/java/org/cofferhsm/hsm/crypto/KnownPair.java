package org.cofferhsm.hsm.crypto;

import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;

/** A key pair of the self-tests; it protects nothing. */
public record KnownPair(EngineKey privateKey, EngineKey publicKey) {

    /** The pair in the known answers {@code pkcs8} and {@code spki}, with what their names start with. */
    public static KnownPair in(KnownAnswers answers, String prefix, KeyType type, KeyPairCodec codec) {
        return new KnownPair(
                codec.decode(ObjectClass.PRIVATE_KEY, type, answers.bytes(prefix + "pkcs8")),
                codec.decode(ObjectClass.PUBLIC_KEY, type, answers.bytes(prefix + "spki")));
    }

    /** Whether a mechanism accepts a known signature, accepts its own, and refuses the known one for other data. */
    public boolean verifies(Mechanism family, Algorithm algorithm, byte[] data, byte[] known) {
        byte[] own = family.sign(privateKey, algorithm, data);
        byte[] other = data.clone();
        other[0] ^= 1;
        return family.verify(publicKey, algorithm, data, known)
                && family.verify(publicKey, algorithm, data, own)
                && !family.verify(publicKey, algorithm, other, known);
    }
}
