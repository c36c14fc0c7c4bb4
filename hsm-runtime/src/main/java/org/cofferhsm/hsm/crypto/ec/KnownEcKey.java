package org.cofferhsm.hsm.crypto.ec;

import java.nio.charset.StandardCharsets;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.KnownAnswers;
import org.cofferhsm.hsm.crypto.KnownPair;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;

/** The P-256 pair of the self-tests, which is that of RFC 6979 §A.2.5. */
final class KnownEcKey {

    private static final byte[] MESSAGE = "sample".getBytes(StandardCharsets.US_ASCII);

    private final KnownAnswers answers = KnownAnswers.beside(KnownEcKey.class);
    private final KnownPair pair;

    KnownEcKey(Engine engine) {
        pair = KnownPair.in(answers, "p256.", KeyType.EC, new EcKeyCodec(engine));
    }

    byte[] message() {
        return MESSAGE.clone();
    }

    /** Whether the published signature and a fresh one verify, and the published one does not for other data. */
    boolean verifiesAsKnown(Mechanism family, Algorithm algorithm, byte[] data) {
        return pair.verifies(
                family, algorithm, data, answers.bytes(algorithm.type().name()));
    }
}
