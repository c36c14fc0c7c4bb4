package org.cofferhsm.hsm.crypto.rsa;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.KnownAnswers;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;

/** The RSA pair of the self-tests; it protects nothing. Its answers were computed with OpenSSL. */
final class KnownRsaKey {

    private static final byte[] MESSAGE = "Coffer known-answer test".getBytes(StandardCharsets.US_ASCII);

    private final KnownAnswers answers = KnownAnswers.beside(KnownRsaKey.class);
    private final EngineKey privateKey;
    private final EngineKey publicKey;

    KnownRsaKey(Engine engine) {
        RsaKeyCodec codec = new RsaKeyCodec(engine);
        privateKey = codec.decode(ObjectClass.PRIVATE_KEY, KeyType.RSA, answers.bytes("pkcs8"));
        publicKey = codec.decode(ObjectClass.PUBLIC_KEY, KeyType.RSA, answers.bytes("spki"));
    }

    EngineKey privateKey() {
        return privateKey;
    }

    EngineKey publicKey() {
        return publicKey;
    }

    /** The known answer of that name. */
    byte[] answer(String name) {
        return answers.bytes(name);
    }

    byte[] message() {
        return MESSAGE.clone();
    }

    /** Whether a deterministic mechanism gives the known signature. */
    boolean signsAsKnown(Mechanism family, Algorithm algorithm) {
        byte[] known = answer(algorithm.type().name());
        return Arrays.equals(family.sign(privateKey, algorithm, MESSAGE), known)
                && family.verify(publicKey, algorithm, MESSAGE, known);
    }

    /** Whether a randomised mechanism accepts the known signature, accepts its own, and refuses one for other data. */
    boolean verifiesAsKnown(Mechanism family, Algorithm algorithm, byte[] data) {
        byte[] known = answer(algorithm.type().name());
        byte[] own = family.sign(privateKey, algorithm, data);
        byte[] other = data.clone();
        other[0] ^= 1;
        return family.verify(publicKey, algorithm, data, known)
                && family.verify(publicKey, algorithm, data, own)
                && !family.verify(publicKey, algorithm, other, known);
    }

    /** Whether the known ciphertext and a fresh one decrypt to the message. */
    boolean decryptsAsKnown(Mechanism family, Algorithm algorithm, String name) {
        byte[] own = family.encrypt(publicKey, algorithm, MESSAGE);
        return Arrays.equals(family.decrypt(privateKey, algorithm, answer(name)), MESSAGE)
                && Arrays.equals(family.decrypt(privateKey, algorithm, own), MESSAGE);
    }
}
