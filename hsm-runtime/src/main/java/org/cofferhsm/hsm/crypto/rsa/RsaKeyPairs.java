package org.cofferhsm.hsm.crypto.rsa;

import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.List;
import java.util.Set;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.KnownAnswers;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Parameters.None;

/**
 * CKM_RSA_PKCS_KEY_PAIR_GEN (PKCS#11 v3.1 §6.1.4): pairs of 2048 to 4096 bits in steps of 256. The public exponent is
 * 65537 unless the template has another one, odd, larger and of at most 33 bits.
 */
public final class RsaKeyPairs extends Mechanism {

    private final Engine engine;
    private final RsaPkcs1 signatures;

    public RsaKeyPairs(Engine engine) {
        this.engine = engine;
        this.signatures = new RsaPkcs1(engine);
    }

    @Override
    public List<MechanismInfo> infos() {
        return List.of(new MechanismInfo(
                MechanismType.RSA_PKCS_KEY_PAIR_GEN,
                Set.of(Operation.GENERATE_PAIR),
                Set.of(KeyType.RSA),
                RsaKeyRules.MIN_BITS,
                RsaKeyRules.MAX_BITS));
    }

    @Override
    public EngineKeyPair generatePair(Algorithm algorithm, Attributes template) {
        parameters(algorithm, None.class);
        int bits = RsaKeyRules.requireNewSize(template.get(Attribute.MODULUS_BITS));
        BigInteger exponent = template.find(Attribute.PUBLIC_EXPONENT)
                .map(octets -> new BigInteger(1, octets.toByteArray()))
                .orElse(RSAKeyGenParameterSpec.F4);
        RsaKeyRules.requireNewExponent(exponent);
        EngineKeyPair pair = generate(new RSAKeyGenParameterSpec(bits, exponent));
        requireThatHalvesFit(pair);
        return pair;
    }

    private EngineKeyPair generate(RSAKeyGenParameterSpec spec) {
        KeyPairGenerator generator = engine.keyPairGenerator("RSA");
        try {
            generator.initialize(spec, engine.random());
        } catch (InvalidAlgorithmParameterException e) {
            throw HsmException.internal("the engine refused to make an RSA key of " + spec.getKeysize() + " bits")
                    .causedBy(e);
        }
        KeyPair pair = generator.generateKeyPair();
        BigInteger modulus = ((RSAKey) pair.getPublic()).getModulus();
        return new EngineKeyPair(
                RsaKeyCodec.engineKey(ObjectClass.PUBLIC_KEY, modulus, pair.getPublic()),
                RsaKeyCodec.engineKey(ObjectClass.PRIVATE_KEY, modulus, pair.getPrivate()));
    }

    /** The pairwise consistency test of FIPS 140-3 (SP 800-140F; ISO/IEC 19790 §7.10.3.3). */
    private void requireThatHalvesFit(EngineKeyPair pair) {
        byte[] data = engine.randomBytes(32);
        byte[] signature = signatures.sign(pair.privateKey(), Algorithm.SHA256_RSA_PKCS, data);
        if (!signatures.verify(pair.publicKey(), Algorithm.SHA256_RSA_PKCS, data, signature)) {
            throw HsmException.selfTestFailed(
                    "the halves of a new RSA pair do not fit together; stop using this machine and report it");
        }
    }

    /** What a new pair is checked with has to be right. */
    @Override
    public void selfTest(MechanismInfo mechanism) {
        KnownRsaKey key = new KnownRsaKey(engine);
        KnownAnswers.require(key.signsAsKnown(signatures, Algorithm.SHA256_RSA_PKCS), mechanism);
    }
}
