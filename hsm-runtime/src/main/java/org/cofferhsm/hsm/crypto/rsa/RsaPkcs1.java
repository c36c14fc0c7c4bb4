package org.cofferhsm.hsm.crypto.rsa;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
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
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Parameters.None;

/**
 * PKCS#1 v1.5 (RFC 8017 §7.2, §8.2; PKCS#11 v3.1 §6.1.6, §6.1.8): CKM_SHAx_RSA_PKCS hash and sign; CKM_RSA_PKCS signs what
 * it is given (a DigestInfo, or any data of at most k - 11 bytes), encrypts and wraps.
 *
 * <p>Decryption and unwrapping give one and the same error for every ciphertext that does not open, whatever was wrong
 * with it. That a ciphertext did not open can still be seen, and whoever may send many of them to a key can use that
 * (Bleichenbacher 1998): for new uses take {@link RsaOaep}.
 */
public final class RsaPkcs1 extends Mechanism {

    private static final int PADDING_BYTES = 11;
    private static final Map<MechanismType, String> HASH_AND_SIGN = Map.of(
            MechanismType.SHA1_RSA_PKCS, "SHA1withRSA",
            MechanismType.SHA224_RSA_PKCS, "SHA224withRSA",
            MechanismType.SHA256_RSA_PKCS, "SHA256withRSA",
            MechanismType.SHA384_RSA_PKCS, "SHA384withRSA",
            MechanismType.SHA512_RSA_PKCS, "SHA512withRSA");

    private final Engine engine;
    private final RsaTransformation padded;

    public RsaPkcs1(Engine engine) {
        this.engine = engine;
        this.padded = RsaTransformation.pkcs1(engine);
    }

    @Override
    public List<MechanismInfo> infos() {
        MechanismInfo plain = RsaInfos.of(
                MechanismType.RSA_PKCS, Operation.SIGN, Operation.VERIFY, Operation.ENCRYPT, Operation.DECRYPT);
        Stream<MechanismInfo> hashing =
                HASH_AND_SIGN.keySet().stream().map(type -> RsaInfos.of(type, Operation.SIGN, Operation.VERIFY));
        return Stream.concat(Stream.of(plain), hashing).toList();
    }

    @Override
    public byte[] sign(EngineKey key, Algorithm algorithm, byte[] data) {
        parameters(algorithm, None.class);
        if (algorithm.type() == MechanismType.RSA_PKCS) {
            requireRoom(key, data.length);
            return padded.seal(key.jca(), data);
        }
        return hashing(algorithm).sign((PrivateKey) key.jca(), data);
    }

    @Override
    public boolean verify(EngineKey key, Algorithm algorithm, byte[] data, byte[] signature) {
        parameters(algorithm, None.class);
        if (signature.length != RsaInfos.bytes(key.bits())) {
            return false;
        }
        return algorithm.type() == MechanismType.RSA_PKCS
                ? recovers(key, data, signature)
                : hashing(algorithm).verify((PublicKey) key.jca(), data, signature);
    }

    private boolean recovers(EngineKey key, byte[] data, byte[] signature) {
        requireRoom(key, data.length);
        try {
            return MessageDigest.isEqual(data, padded.open(key.jca(), signature));
        } catch (GeneralSecurityException e) {
            return false; // no block of type 1 came out
        }
    }

    @Override
    public SignStream startSign(EngineKey key, Algorithm algorithm) {
        parameters(algorithm, None.class);
        return hashing(algorithm).startSign((PrivateKey) key.jca());
    }

    @Override
    public VerifyStream startVerify(EngineKey key, Algorithm algorithm) {
        parameters(algorithm, None.class);
        return hashing(algorithm).startVerify((PublicKey) key.jca());
    }

    private JcaSignature hashing(Algorithm algorithm) {
        String name = HASH_AND_SIGN.get(algorithm.type());
        if (name == null) {
            throw HsmException.mechanismInvalid(
                    algorithm + " takes its data in one piece; give it in one call, or take a mechanism that hashes");
        }
        return new JcaSignature(() -> engine.signature(name));
    }

    @Override
    public byte[] encrypt(EngineKey key, Algorithm algorithm, byte[] plaintext) {
        parameters(algorithm, None.class);
        requireRoom(key, plaintext.length);
        return padded.seal(key.jca(), plaintext);
    }

    @Override
    public byte[] decrypt(EngineKey key, Algorithm algorithm, byte[] ciphertext) {
        parameters(algorithm, None.class);
        return open(key, ciphertext, HsmException.encryptedDataInvalid("the ciphertext is not one for this RSA key"));
    }

    /** Made beforehand and without a cause, so that the refusal is the same for every reason. */
    private byte[] open(EngineKey key, byte[] ciphertext, HsmException refusal) {
        if (ciphertext.length != RsaInfos.bytes(key.bits())) {
            throw refusal;
        }
        try {
            return padded.open(key.jca(), ciphertext);
        } catch (GeneralSecurityException e) {
            throw refusal;
        }
    }

    private static void requireRoom(EngineKey key, int length) {
        int room = RsaInfos.bytes(key.bits()) - PADDING_BYTES;
        if (length > room) {
            throw HsmException.dataLengthRange("RSA PKCS#1 v1.5 with a key of " + key.bits() + " bits takes at most "
                    + room + " bytes, not " + length);
        }
    }

    @Override
    public void selfTest(MechanismInfo mechanism) {
        KnownRsaKey key = new KnownRsaKey(engine);
        Algorithm algorithm = Algorithm.of(mechanism.type());
        KnownAnswers.require(key.signsAsKnown(this, algorithm), mechanism);
        if (mechanism.operations().contains(Operation.DECRYPT)) {
            KnownAnswers.require(key.decryptsAsKnown(this, algorithm, "RSA_PKCS.ciphertext"), mechanism);
        }
    }
}
