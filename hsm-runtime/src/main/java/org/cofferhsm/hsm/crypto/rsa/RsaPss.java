package org.cofferhsm.hsm.crypto.rsa;

import java.security.InvalidAlgorithmParameterException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Parameters.None;
import org.cofferhsm.hsm.key.Parameters.Pss;

/**
 * RSASSA-PSS (RFC 8017 §8.1; PKCS#11 v3.1 §6.1.10): CKM_SHAx_RSA_PKCS_PSS hash and sign, CKM_RSA_PKCS_PSS signs a digest.
 * The engine does the common case of one hash; a digest, or another hash in MGF1, goes through {@link PssOnDigest}.
 */
public final class RsaPss extends Mechanism {

    private static final Map<MechanismType, Hash> HASHES = Map.of(
            MechanismType.SHA1_RSA_PKCS_PSS, Hash.SHA1,
            MechanismType.SHA224_RSA_PKCS_PSS, Hash.SHA224,
            MechanismType.SHA256_RSA_PKCS_PSS, Hash.SHA256,
            MechanismType.SHA384_RSA_PKCS_PSS, Hash.SHA384,
            MechanismType.SHA512_RSA_PKCS_PSS, Hash.SHA512);

    private final Engine engine;
    private final PssOnDigest onDigest;

    public RsaPss(Engine engine) {
        this.engine = engine;
        this.onDigest = new PssOnDigest(engine);
    }

    @Override
    public List<MechanismInfo> infos() {
        return Stream.concat(Stream.of(MechanismType.RSA_PKCS_PSS), HASHES.keySet().stream())
                .map(type -> RsaInfos.of(type, Operation.SIGN, Operation.VERIFY))
                .toList();
    }

    @Override
    public byte[] sign(EngineKey key, Algorithm algorithm, byte[] data) {
        if (algorithm.type() != MechanismType.RSA_PKCS_PSS) {
            SignStream stream = startSign(key, algorithm);
            stream.update(data, 0, data.length);
            return stream.finish();
        }
        return onDigest.sign(key, parametersForDigest(key, algorithm, data), data);
    }

    @Override
    public boolean verify(EngineKey key, Algorithm algorithm, byte[] data, byte[] signature) {
        if (algorithm.type() != MechanismType.RSA_PKCS_PSS) {
            VerifyStream stream = startVerify(key, algorithm);
            stream.update(data, 0, data.length);
            return stream.finish(signature);
        }
        return onDigest.verify(key, parametersForDigest(key, algorithm, data), data, signature);
    }

    private static Pss parametersForDigest(EngineKey key, Algorithm algorithm, byte[] digest) {
        if (!(algorithm.parameters() instanceof Pss pss)) {
            throw HsmException.mechanismParameterInvalid(
                    "RSA_PKCS_PSS needs its hash, its MGF1 hash and its salt length");
        }
        if (digest.length != pss.hash().bytes()) {
            throw HsmException.dataLengthRange("RSA_PKCS_PSS signs a digest of "
                    + pss.hash().bytes() + " bytes (" + pss.hash().standardName() + "), not " + digest.length);
        }
        return requireSaltFits(key, pss);
    }

    @Override
    public SignStream startSign(EngineKey key, Algorithm algorithm) {
        Pss pss = parameters(key, algorithm);
        if (pss.hash() == pss.mgfHash()) {
            return signature(pss).startSign((PrivateKey) key.jca());
        }
        MessageDigest digest = engine.messageDigest(pss.hash().standardName());
        return new SignStream() {
            @Override
            public void update(byte[] data, int offset, int length) {
                digest.update(data, offset, length);
            }

            @Override
            public byte[] finish() {
                return onDigest.sign(key, pss, digest.digest());
            }
        };
    }

    @Override
    public VerifyStream startVerify(EngineKey key, Algorithm algorithm) {
        Pss pss = parameters(key, algorithm);
        if (pss.hash() == pss.mgfHash()) {
            return signature(pss).startVerify((PublicKey) key.jca());
        }
        MessageDigest digest = engine.messageDigest(pss.hash().standardName());
        return new VerifyStream() {
            @Override
            public void update(byte[] data, int offset, int length) {
                digest.update(data, offset, length);
            }

            @Override
            public boolean finish(byte[] signature) {
                return onDigest.verify(key, pss, digest.digest(), signature);
            }
        };
    }

    private static Pss parameters(EngineKey key, Algorithm algorithm) {
        Hash hash = HASHES.get(algorithm.type());
        if (hash == null) {
            throw HsmException.mechanismInvalid(
                    algorithm + " takes its digest in one piece; give it in one call, or take a mechanism that hashes");
        }
        if (algorithm.parameters() instanceof None) {
            return new Pss(hash, hash, hash.bytes());
        }
        if (algorithm.parameters() instanceof Pss pss && pss.hash() == hash) {
            return requireSaltFits(key, pss);
        }
        throw HsmException.mechanismParameterInvalid(
                algorithm + " needs PSS parameters with the hash " + hash.standardName());
    }

    /** RFC 8017 §9.1.1: the encoded message is one bit shorter than the modulus. */
    private static Pss requireSaltFits(EngineKey key, Pss pss) {
        int room = RsaInfos.bytes(key.bits() - 1) - pss.hash().bytes() - 2;
        if (pss.saltBytes() < 0 || pss.saltBytes() > room) {
            throw HsmException.mechanismParameterInvalid("a PSS salt of " + pss.saltBytes() + " bytes does not fit "
                    + pss.hash().standardName() + " and a key of " + key.bits() + " bits; it takes 0 to " + room);
        }
        return pss;
    }

    private JcaSignature signature(Pss pss) {
        String hash = pss.hash().standardName();
        PSSParameterSpec spec = new PSSParameterSpec(
                hash, "MGF1", new MGF1ParameterSpec(hash), pss.saltBytes(), PSSParameterSpec.TRAILER_FIELD_BC);
        return new JcaSignature(() -> withParameters(engine.signature("RSASSA-PSS"), spec));
    }

    private static Signature withParameters(Signature signature, PSSParameterSpec spec) {
        try {
            signature.setParameter(spec);
            return signature;
        } catch (InvalidAlgorithmParameterException e) {
            throw HsmException.internal("the engine refused PSS parameters; please report it")
                    .causedBy(e);
        }
    }

    @Override
    public void selfTest(MechanismInfo mechanism) {
        KnownRsaKey key = new KnownRsaKey(engine);
        boolean hashes = HASHES.containsKey(mechanism.type());
        Algorithm algorithm = Algorithm.rsaPss(mechanism.type(), HASHES.getOrDefault(mechanism.type(), Hash.SHA256));
        byte[] data = hashes ? key.message() : engine.messageDigest("SHA-256").digest(key.message());
        KnownAnswers.require(key.verifiesAsKnown(this, algorithm, data), mechanism);
    }
}
