package org.cofferhsm.hsm.crypto.ec;

import java.nio.charset.StandardCharsets;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.KnownAnswers;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;

/** The P-256 pair of the self-tests, which is that of RFC 6979 §A.2.5. */
final class KnownEcKey {

    private static final byte[] MESSAGE = "sample".getBytes(StandardCharsets.US_ASCII);

    private final KnownAnswers answers = KnownAnswers.beside(KnownEcKey.class);
    private final EngineKey privateKey;
    private final EngineKey publicKey;

    KnownEcKey(Engine engine) {
        EcKeyCodec codec = new EcKeyCodec(engine);
        privateKey = codec.decode(ObjectClass.PRIVATE_KEY, KeyType.EC, answers.bytes("p256.pkcs8"));
        publicKey = codec.decode(ObjectClass.PUBLIC_KEY, KeyType.EC, answers.bytes("p256.spki"));
    }

    byte[] message() {
        return MESSAGE.clone();
    }

    /** Whether the published signature and a fresh one verify, and the published one does not for other data. */
    boolean verifiesAsKnown(Mechanism family, Algorithm algorithm, byte[] data) {
        byte[] known = answers.bytes(algorithm.type().name());
        byte[] own = family.sign(privateKey, algorithm, data);
        byte[] other = data.clone();
        other[0] ^= 1;
        return family.verify(publicKey, algorithm, data, known)
                && family.verify(publicKey, algorithm, data, own)
                && !family.verify(publicKey, algorithm, other, known);
    }
}
