package org.cofferhsm.hsm.crypto.ec;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.JcaSignature;
import org.cofferhsm.hsm.crypto.KnownAnswers;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.crypto.SignStream;
import org.cofferhsm.hsm.crypto.VerifyStream;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Parameters.None;

/**
 * CKM_EDDSA with Ed25519 (RFC 8032 §5.1; PKCS#11 v3.1 §6.3.14), the pure form. Data given in parts is kept in memory until
 * the end, because it is hashed twice.
 */
public final class EdDsa extends Mechanism {

    private static final int SIGNATURE_BYTES = 64;

    private final Engine engine;
    private final JcaSignature signature;

    public EdDsa(Engine engine) {
        this.engine = engine;
        this.signature = new JcaSignature(() -> engine.signature(Rfc8410Curve.ED25519.jcaName()));
    }

    @Override
    public List<MechanismInfo> infos() {
        return List.of(new MechanismInfo(
                MechanismType.EDDSA,
                Set.of(Operation.SIGN, Operation.VERIFY),
                Set.of(KeyType.EC_EDWARDS),
                Rfc8410Curve.ED25519.curve().bits(),
                Rfc8410Curve.ED25519.curve().bits()));
    }

    @Override
    public byte[] sign(EngineKey key, Algorithm algorithm, byte[] data) {
        parameters(algorithm, None.class);
        return signature.sign((PrivateKey) key.jca(), data);
    }

    @Override
    public boolean verify(EngineKey key, Algorithm algorithm, byte[] data, byte[] bytes) {
        parameters(algorithm, None.class);
        return bytes.length == SIGNATURE_BYTES && signature.verify((PublicKey) key.jca(), data, bytes);
    }

    @Override
    public SignStream startSign(EngineKey key, Algorithm algorithm) {
        parameters(algorithm, None.class);
        return signature.startSign((PrivateKey) key.jca());
    }

    @Override
    public VerifyStream startVerify(EngineKey key, Algorithm algorithm) {
        parameters(algorithm, None.class);
        VerifyStream stream = signature.startVerify((PublicKey) key.jca());
        stream.update(new byte[0], 0, 0); // else JDK 17 refuses every signature of the empty message
        return new ExactLength(stream, SIGNATURE_BYTES);
    }

    /** RFC 8032 §7.1, test 2: Ed25519 is deterministic. */
    @Override
    public void selfTest(MechanismInfo mechanism) {
        KnownAnswers answers = KnownAnswers.beside(EdDsa.class);
        Rfc8410KeyCodec codec = new Rfc8410KeyCodec(engine);
        EngineKey privateKey =
                codec.decode(ObjectClass.PRIVATE_KEY, KeyType.EC_EDWARDS, answers.bytes("ed25519.pkcs8"));
        EngineKey publicKey = codec.decode(ObjectClass.PUBLIC_KEY, KeyType.EC_EDWARDS, answers.bytes("ed25519.spki"));
        byte[] message = answers.bytes("ed25519.message");
        byte[] known = answers.bytes("EDDSA");
        KnownAnswers.require(Arrays.equals(sign(privateKey, Algorithm.EDDSA, message), known), mechanism);
        KnownAnswers.require(verify(publicKey, Algorithm.EDDSA, message, known), mechanism);
        KnownAnswers.require(!verify(publicKey, Algorithm.EDDSA, new byte[message.length], known), mechanism);
    }
}
