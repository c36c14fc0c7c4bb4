package org.cofferhsm.hsm.crypto.rsa;

import java.util.List;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.KnownAnswers;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Parameters.Oaep;
import org.cofferhsm.hsm.key.SecretBytes;

/**
 * CKM_RSA_PKCS_OAEP (RFC 8017 §7.1; PKCS#11 v3.1 §6.1.8): encrypts and wraps at most k - 2h - 2 bytes. The hash of the
 * label and that of MGF1 are chosen apart. Every ciphertext that does not open gives the same error (Manger 2001).
 */
public final class RsaOaep extends Mechanism {

    private final Engine engine;

    public RsaOaep(Engine engine) {
        this.engine = engine;
    }

    @Override
    public List<MechanismInfo> infos() {
        return List.of(RsaInfos.of(
                MechanismType.RSA_PKCS_OAEP, Operation.ENCRYPT, Operation.DECRYPT, Operation.WRAP, Operation.UNWRAP));
    }

    @Override
    public byte[] encrypt(EngineKey key, Algorithm algorithm, byte[] plaintext) {
        return encrypt(key, parameters(algorithm), plaintext);
    }

    @Override
    public byte[] decrypt(EngineKey key, Algorithm algorithm, byte[] ciphertext) {
        HsmException refusal = HsmException.encryptedDataInvalid(
                "the ciphertext is not one for this RSA key and these OAEP parameters");
        return decrypt(key, parameters(algorithm), ciphertext, refusal);
    }

    @Override
    public byte[] wrap(EngineKey key, Algorithm algorithm, SecretBytes payload) {
        return payload.use(bytes -> encrypt(key, parameters(algorithm), bytes));
    }

    @Override
    public SecretBytes unwrap(EngineKey key, Algorithm algorithm, byte[] wrapped) {
        HsmException refusal =
                HsmException.wrappedKeyInvalid("the wrapped key is not one for this RSA key and these OAEP parameters");
        return SecretBytes.owning(decrypt(key, parameters(algorithm), wrapped, refusal));
    }

    byte[] encrypt(EngineKey key, Oaep parameters, byte[] plaintext) {
        requireRoom(key, parameters, plaintext.length);
        OAEPEncoding oaep = encoding(key, parameters);
        oaep.init(true, RawRsa.parameters(engine, key));
        try {
            return oaep.processBlock(plaintext, 0, plaintext.length);
        } catch (InvalidCipherTextException e) {
            throw HsmException.internal("the engine failed in OAEP; please report it")
                    .causedBy(e);
        }
    }

    /** {@code refusal} is made beforehand, so that it is the same for every reason. */
    byte[] decrypt(EngineKey key, Oaep parameters, byte[] ciphertext, HsmException refusal) {
        if (ciphertext.length != RsaInfos.bytes(key.bits())) {
            throw refusal;
        }
        OAEPEncoding oaep = encoding(key, parameters);
        oaep.init(false, RawRsa.parameters(engine, key));
        try {
            return oaep.processBlock(ciphertext, 0, ciphertext.length);
        } catch (InvalidCipherTextException e) {
            throw refusal;
        }
    }

    private OAEPEncoding encoding(EngineKey key, Oaep parameters) {
        return new OAEPEncoding(
                new RawRsa(engine, key),
                BouncyDigests.of(parameters.hash()),
                BouncyDigests.of(parameters.mgfHash()),
                parameters.label().toByteArray());
    }

    private static Oaep parameters(Algorithm algorithm) {
        if (algorithm.parameters() instanceof Oaep oaep) {
            return oaep;
        }
        throw HsmException.mechanismParameterInvalid("RSA_PKCS_OAEP needs its hash, its MGF1 hash and its label");
    }

    private static void requireRoom(EngineKey key, Oaep parameters, int length) {
        int room = RsaInfos.bytes(key.bits()) - 2 * parameters.hash().bytes() - 2;
        if (length > room) {
            throw HsmException.dataLengthRange(
                    "RSA-OAEP with " + parameters.hash().standardName() + " and a key of " + key.bits()
                            + " bits takes at most " + room + " bytes, not " + length);
        }
    }

    @Override
    public void selfTest(MechanismInfo mechanism) {
        KnownRsaKey key = new KnownRsaKey(engine);
        for (Hash hash : List.of(Hash.SHA1, Hash.SHA256)) {
            Algorithm algorithm = Algorithm.rsaOaep(hash);
            KnownAnswers.require(key.decryptsAsKnown(this, algorithm, "RSA_PKCS_OAEP." + hash.name()), mechanism);
        }
    }
}
