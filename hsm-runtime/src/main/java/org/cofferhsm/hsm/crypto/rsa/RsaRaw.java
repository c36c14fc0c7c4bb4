package org.cofferhsm.hsm.crypto.rsa;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.KnownAnswers;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Parameters.None;

/**
 * CKM_RSA_X_509, the primitive without padding (RFC 8017 §5; PKCS#11 v3.1 §6.1.9), for programs that pad themselves. Data
 * shorter than the modulus gets zeros in front. It does not wrap keys: without padding a wrapped key can be altered.
 */
public final class RsaRaw extends Mechanism {

    private final Engine engine;
    private final RsaTransformation primitive;

    public RsaRaw(Engine engine) {
        this.engine = engine;
        this.primitive = RsaTransformation.raw(engine);
    }

    @Override
    public List<MechanismInfo> infos() {
        return List.of(RsaInfos.of(
                MechanismType.RSA_X_509, Operation.SIGN, Operation.VERIFY, Operation.ENCRYPT, Operation.DECRYPT));
    }

    @Override
    public byte[] sign(EngineKey key, Algorithm algorithm, byte[] data) {
        parameters(algorithm, None.class);
        return primitive.seal(key.jca(), block(key, data));
    }

    @Override
    public boolean verify(EngineKey key, Algorithm algorithm, byte[] data, byte[] signature) {
        parameters(algorithm, None.class);
        byte[] expected = block(key, data);
        if (signature.length != expected.length || tooLarge(key, signature)) {
            return false;
        }
        return MessageDigest.isEqual(expected, open(key, signature));
    }

    @Override
    public byte[] encrypt(EngineKey key, Algorithm algorithm, byte[] plaintext) {
        parameters(algorithm, None.class);
        return primitive.seal(key.jca(), block(key, plaintext));
    }

    @Override
    public byte[] decrypt(EngineKey key, Algorithm algorithm, byte[] ciphertext) {
        parameters(algorithm, None.class);
        if (ciphertext.length != RsaInfos.bytes(key.bits()) || tooLarge(key, ciphertext)) {
            throw HsmException.encryptedDataInvalid("the ciphertext is not one for this RSA key");
        }
        return open(key, ciphertext);
    }

    private byte[] open(EngineKey key, byte[] block) {
        try {
            return primitive.open(key.jca(), block);
        } catch (GeneralSecurityException e) {
            throw HsmException.internal("the engine failed in the RSA primitive; please report it")
                    .causedBy(e);
        }
    }

    private static byte[] block(EngineKey key, byte[] data) {
        int length = RsaInfos.bytes(key.bits());
        if (data.length > length) {
            throw HsmException.dataLengthRange(
                    "RSA with a key of " + key.bits() + " bits takes at most " + length + " bytes, not " + data.length);
        }
        byte[] block = new byte[length];
        System.arraycopy(data, 0, block, length - data.length, data.length);
        if (tooLarge(key, block)) {
            throw HsmException.dataInvalid("the data, read as a number, is not smaller than the key's modulus");
        }
        return block;
    }

    private static boolean tooLarge(EngineKey key, byte[] block) {
        return new BigInteger(1, block).compareTo(RsaPublicPart.of(key).modulus()) >= 0;
    }

    @Override
    public void selfTest(MechanismInfo mechanism) {
        KnownRsaKey key = new KnownRsaKey(engine);
        KnownAnswers.require(key.signsAsKnown(this, Algorithm.of(mechanism.type())), mechanism);
    }
}
