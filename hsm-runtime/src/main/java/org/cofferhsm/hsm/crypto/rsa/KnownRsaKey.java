package org.cofferhsm.hsm.crypto.rsa;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.KnownAnswers;
import org.cofferhsm.hsm.crypto.KnownPair;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;

/** The RSA pair of the self-tests; it protects nothing. Its answers were computed with OpenSSL. */
final class KnownRsaKey {

    private static final byte[] MESSAGE = "Coffer known-answer test".getBytes(StandardCharsets.US_ASCII);

    private final KnownAnswers answers = KnownAnswers.beside(KnownRsaKey.class);
    private final KnownPair pair;

    KnownRsaKey(Engine engine) {
        pair = KnownPair.in(answers, "", KeyType.RSA, new RsaKeyCodec(engine));
    }

    EngineKey privateKey() {
        return pair.privateKey();
    }

    EngineKey publicKey() {
        return pair.publicKey();
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
        return Arrays.equals(family.sign(pair.privateKey(), algorithm, MESSAGE), known)
                && family.verify(pair.publicKey(), algorithm, MESSAGE, known);
    }

    /** Whether a randomised mechanism accepts the known signature, accepts its own, and refuses one for other data. */
    boolean verifiesAsKnown(Mechanism family, Algorithm algorithm, byte[] data) {
        return pair.verifies(
                family, algorithm, data, answers.bytes(algorithm.type().name()));
    }

    /** Whether the known ciphertext and a fresh one decrypt to the message. */
    boolean decryptsAsKnown(Mechanism family, Algorithm algorithm, String name) {
        byte[] own = family.encrypt(pair.publicKey(), algorithm, MESSAGE);
        return Arrays.equals(family.decrypt(pair.privateKey(), algorithm, answer(name)), MESSAGE)
                && Arrays.equals(family.decrypt(pair.privateKey(), algorithm, own), MESSAGE);
    }
}
