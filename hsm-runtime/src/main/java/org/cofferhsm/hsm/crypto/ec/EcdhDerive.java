package org.cofferhsm.hsm.crypto.ec;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.crypto.KeyAgreement;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.KeyPairCodec;
import org.cofferhsm.hsm.crypto.KnownAnswers;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters.Ecdh;
import org.cofferhsm.hsm.key.SecretBytes;

/**
 * CKM_ECDH1_DERIVE (SP 800-56A rev. 3 §5.7.1.2, RFC 7748 §6.1; PKCS#11 v3.1 §6.3.17) on Weierstrass curves and X25519: the
 * shared x-coordinate, cut at its leading end as PKCS#11 has it, or as much as is wanted from {@link X963Kdf}.
 */
public final class EcdhDerive extends Mechanism {

    private final Engine engine;
    private final EcEngine curves;
    private final PeerKeys peers;

    public EcdhDerive(Engine engine) {
        this.engine = engine;
        this.curves = new EcEngine(engine);
        this.peers = new PeerKeys(engine);
    }

    @Override
    public List<MechanismInfo> infos() {
        return List.of(new MechanismInfo(
                MechanismType.ECDH1_DERIVE,
                Set.of(Operation.DERIVE),
                Set.of(KeyType.EC, KeyType.EC_MONTGOMERY),
                255,
                521));
    }

    @Override
    public SecretBytes derive(EngineKey key, Algorithm algorithm, int bytes) {
        if (!(algorithm.parameters() instanceof Ecdh parameters)) {
            throw HsmException.mechanismParameterInvalid("ECDH1_DERIVE needs the other side's public key");
        }
        PublicKey peer = peers.of(key, parameters.peer());
        byte[] shared = agree(key, peer);
        try {
            return SecretBytes.owning(
                    parameters.x963Hash().isPresent()
                            ? new X963Kdf(parameters.x963Hash().get()).derive(shared, parameters.sharedInfo(), bytes)
                            : cut(shared, bytes));
        } finally {
            Arrays.fill(shared, (byte) 0);
        }
    }

    private byte[] agree(EngineKey key, PublicKey peer) {
        KeyAgreement agreement = key.type() == KeyType.EC
                ? curves.keyAgreement(key.jca())
                : engine.keyAgreement(Rfc8410Curve.X25519.jcaName());
        try {
            agreement.init(key.jca());
            agreement.doPhase(peer, true);
            return requireNotZero(agreement.generateSecret());
        } catch (InvalidKeyException e) {
            if (key.type() == KeyType.EC_MONTGOMERY) {
                throw smallOrder(); // how the JDK says it
            }
            throw HsmException.internal("the engine failed in ECDH; please report it")
                    .causedBy(e);
        }
    }

    /** RFC 7748 §6.1: all zeros mean a peer of small order, who would know the secret without a key. */
    private static byte[] requireNotZero(byte[] shared) {
        if (MessageDigest.isEqual(shared, new byte[shared.length])) {
            throw smallOrder();
        }
        return shared;
    }

    private static HsmException smallOrder() {
        return HsmException.mechanismParameterInvalid("the other side's public key is of small order and was refused");
    }

    private static byte[] cut(byte[] shared, int bytes) {
        if (bytes < 0 || bytes > shared.length) {
            throw HsmException.keySizeRange("the shared secret has " + shared.length + " bytes, which is less than the "
                    + bytes + " wanted; derive with a KDF");
        }
        int wanted = bytes == 0 ? shared.length : bytes;
        return Arrays.copyOfRange(shared, shared.length - wanted, shared.length);
    }

    /** One agreement of RFC 5903 §8.1 on P-256, and RFC 7748 §6.1 on X25519. */
    @Override
    public void selfTest(MechanismInfo mechanism) {
        requireKnown(mechanism, new EcKeyCodec(engine), KeyType.EC, "ecdh.p256");
        requireKnown(mechanism, new Rfc8410KeyCodec(engine), KeyType.EC_MONTGOMERY, "ecdh.x25519");
    }

    private void requireKnown(MechanismInfo mechanism, KeyPairCodec codec, KeyType type, String name) {
        EngineKey key = codec.decode(ObjectClass.PRIVATE_KEY, type, answer(name + ".pkcs8"));
        Octets peer = Octets.of(answer(name + ".peer"));
        try (SecretBytes shared = derive(key, Algorithm.ecdh(peer), 0);
                SecretBytes known = SecretBytes.owning(answer(name + ".shared"))) {
            KnownAnswers.require(shared.sameAs(known), mechanism);
        }
    }

    private static byte[] answer(String name) {
        return KnownAnswers.beside(EcdhDerive.class).bytes(name);
    }
}
