package org.cofferhsm.hsm.crypto.ec;

import java.io.IOException;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.JcaSignature;
import org.cofferhsm.hsm.crypto.KnownAnswers;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.crypto.SignStream;
import org.cofferhsm.hsm.crypto.VerifyStream;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Parameters.None;

/**
 * ECDSA (FIPS 186-5 §6; PKCS#11 v3.1 §6.3.12 f.): CKM_ECDSA signs a digest of 1 to 64 bytes, CKM_ECDSA_SHAx hash first. A
 * signature is r || s, each as long as the curve's order.
 */
public final class Ecdsa extends Mechanism {

    private static final int MAX_DIGEST_BYTES = 64;
    private static final Map<MechanismType, String> HASH_AND_SIGN = Map.of(
            MechanismType.ECDSA_SHA1, "SHA1withECDSAinP1363Format",
            MechanismType.ECDSA_SHA224, "SHA224withECDSAinP1363Format",
            MechanismType.ECDSA_SHA256, "SHA256withECDSAinP1363Format",
            MechanismType.ECDSA_SHA384, "SHA384withECDSAinP1363Format",
            MechanismType.ECDSA_SHA512, "SHA512withECDSAinP1363Format");

    private final Engine engine;
    private final EcEngine curves;

    public Ecdsa(Engine engine) {
        this.engine = engine;
        this.curves = new EcEngine(engine);
    }

    @Override
    public List<MechanismInfo> infos() {
        return Stream.concat(Stream.of(MechanismType.ECDSA), HASH_AND_SIGN.keySet().stream())
                .map(type ->
                        new MechanismInfo(type, Set.of(Operation.SIGN, Operation.VERIFY), Set.of(KeyType.EC), 256, 521))
                .toList();
    }

    @Override
    public byte[] sign(EngineKey key, Algorithm algorithm, byte[] data) {
        parameters(algorithm, None.class);
        if (algorithm.type() != MechanismType.ECDSA) {
            return hashing(key, algorithm).sign((PrivateKey) key.jca(), data);
        }
        requireDigest(data);
        return plain(key, onDigest(key).sign((PrivateKey) key.jca(), data));
    }

    @Override
    public boolean verify(EngineKey key, Algorithm algorithm, byte[] data, byte[] signature) {
        parameters(algorithm, None.class);
        if (algorithm.type() != MechanismType.ECDSA) {
            return signature.length == signatureBytes(key)
                    && hashing(key, algorithm).verify((PublicKey) key.jca(), data, signature);
        }
        requireDigest(data);
        return signature.length == signatureBytes(key) && verifiesDigest(key, data, signature);
    }

    @Override
    public SignStream startSign(EngineKey key, Algorithm algorithm) {
        parameters(algorithm, None.class);
        return hashing(key, algorithm).startSign((PrivateKey) key.jca());
    }

    @Override
    public VerifyStream startVerify(EngineKey key, Algorithm algorithm) {
        parameters(algorithm, None.class);
        VerifyStream stream = hashing(key, algorithm).startVerify((PublicKey) key.jca());
        return new ExactLength(stream, signatureBytes(key));
    }

    private JcaSignature hashing(EngineKey key, Algorithm algorithm) {
        String name = HASH_AND_SIGN.get(algorithm.type());
        if (name == null) {
            throw HsmException.mechanismInvalid(
                    algorithm + " takes its digest in one piece; give it in one call, or take a mechanism that hashes");
        }
        return new JcaSignature(() -> curves.signature(name, key.jca()));
    }

    /** In the DER form, which all engines have without a hash. */
    private JcaSignature onDigest(EngineKey key) {
        return new JcaSignature(() -> curves.signature("NONEwithECDSA", key.jca()));
    }

    private static byte[] plain(EngineKey key, byte[] der) {
        BigInteger order = order(key);
        try {
            BigInteger[] rs = StandardDSAEncoding.INSTANCE.decode(order, der);
            return PlainDSAEncoding.INSTANCE.encode(order, rs[0], rs[1]);
        } catch (IOException e) {
            throw HsmException.internal("the engine made a malformed ECDSA signature; please report it")
                    .causedBy(e);
        }
    }

    private boolean verifiesDigest(EngineKey key, byte[] digest, byte[] signature) {
        BigInteger order = order(key);
        try {
            BigInteger[] rs = PlainDSAEncoding.INSTANCE.decode(order, signature);
            byte[] der = StandardDSAEncoding.INSTANCE.encode(order, rs[0], rs[1]);
            return onDigest(key).verify((PublicKey) key.jca(), digest, der);
        } catch (IOException | IllegalArgumentException e) {
            return false; // r or s is zero or not smaller than the order
        }
    }

    private static BigInteger order(EngineKey key) {
        return EcDomain.of(EcCurves.of(key)).order();
    }

    private static int signatureBytes(EngineKey key) {
        return 2 * ((key.bits() + 7) / 8);
    }

    private static void requireDigest(byte[] data) {
        if (data.length == 0 || data.length > MAX_DIGEST_BYTES) {
            throw HsmException.dataLengthRange("ECDSA signs a digest of 1 to " + MAX_DIGEST_BYTES + " bytes, not "
                    + data.length + "; hash the data first");
        }
    }

    @Override
    public void selfTest(MechanismInfo mechanism) {
        boolean hashes = HASH_AND_SIGN.containsKey(mechanism.type());
        KnownEcKey key = new KnownEcKey(engine);
        byte[] data = hashes ? key.message() : engine.messageDigest("SHA-256").digest(key.message());
        KnownAnswers.require(key.verifiesAsKnown(this, Algorithm.of(mechanism.type()), data), mechanism);
    }
}
