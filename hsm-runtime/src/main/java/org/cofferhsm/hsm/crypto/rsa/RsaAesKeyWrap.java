package org.cofferhsm.hsm.crypto.rsa;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.KnownAnswers;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.crypto.SecretKeys;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Parameters.RsaAes;
import org.cofferhsm.hsm.key.SecretBytes;

/**
 * CKM_RSA_AES_KEY_WRAP (PKCS#11 v3.1 §6.1.21): a fresh AES key under OAEP, followed by the payload under that AES key by
 * KWP (RFC 5649), so that payloads of any length go under an RSA key.
 */
public final class RsaAesKeyWrap extends Mechanism {

    private final Engine engine;
    private final RsaOaep oaep;
    private final Mechanism keyWrap;

    /** {@code keyWrap} is the family that does CKM_AES_KEY_WRAP_KWP. */
    public RsaAesKeyWrap(Engine engine, Mechanism keyWrap) {
        this.engine = engine;
        this.oaep = new RsaOaep(engine);
        this.keyWrap = keyWrap;
    }

    @Override
    public List<MechanismInfo> infos() {
        return List.of(RsaInfos.of(MechanismType.RSA_AES_KEY_WRAP, Operation.WRAP, Operation.UNWRAP));
    }

    @Override
    public byte[] wrap(EngineKey key, Algorithm algorithm, SecretBytes payload) {
        RsaAes parameters = parameters(algorithm);
        try (SecretBytes ephemeral = SecretBytes.owning(engine.randomBytes(parameters.aesBits() / 8))) {
            byte[] first = ephemeral.use(bytes -> oaep.encrypt(key, parameters.oaep(), bytes));
            byte[] second = underAes(ephemeral, aes -> keyWrap.wrap(aes, Algorithm.AES_KWP, payload));
            byte[] both = Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, both, first.length, second.length);
            return both;
        }
    }

    @Override
    public SecretBytes unwrap(EngineKey key, Algorithm algorithm, byte[] wrapped) {
        RsaAes parameters = parameters(algorithm);
        HsmException refusal =
                HsmException.wrappedKeyInvalid("the wrapped key is not one for this RSA key and these parameters");
        int split = RsaInfos.bytes(key.bits());
        if (wrapped.length <= split) {
            throw refusal;
        }
        byte[] first = Arrays.copyOf(wrapped, split);
        byte[] second = Arrays.copyOfRange(wrapped, split, wrapped.length);
        try (SecretBytes ephemeral = SecretBytes.owning(oaep.decrypt(key, parameters.oaep(), first, refusal))) {
            if (ephemeral.length() != parameters.aesBits() / 8) {
                throw refusal;
            }
            return underAes(ephemeral, aes -> unwrapPayload(aes, second, refusal));
        }
    }

    /** The payload's refusal says no more than the ephemeral key's. */
    private SecretBytes unwrapPayload(EngineKey aes, byte[] wrapped, HsmException refusal) {
        try {
            return keyWrap.unwrap(aes, Algorithm.AES_KWP, wrapped);
        } catch (HsmException e) {
            throw refusal;
        }
    }

    private static <T> T underAes(SecretBytes ephemeral, Function<EngineKey, T> work) {
        EngineKey aes = ephemeral.use(bytes -> SecretKeys.copyOf(KeyType.AES, bytes));
        try {
            return work.apply(aes);
        } finally {
            aes.destroy();
        }
    }

    private static RsaAes parameters(Algorithm algorithm) {
        if (algorithm.parameters() instanceof RsaAes aes && isAesSize(aes.aesBits())) {
            return aes;
        }
        throw HsmException.mechanismParameterInvalid(
                "RSA_AES_KEY_WRAP needs an AES size of 128, 192 or 256 bits and OAEP parameters");
    }

    private static boolean isAesSize(int bits) {
        return bits == 128 || bits == 192 || bits == 256;
    }

    @Override
    public void selfTest(MechanismInfo mechanism) {
        KnownRsaKey key = new KnownRsaKey(engine);
        Algorithm algorithm = Algorithm.rsaAes(256, Hash.SHA256);
        try (SecretBytes payload = SecretBytes.owning(key.message());
                SecretBytes known = unwrap(key.privateKey(), algorithm, key.answer("RSA_AES_KEY_WRAP"));
                SecretBytes own = unwrap(key.privateKey(), algorithm, wrap(key.publicKey(), algorithm, payload))) {
            KnownAnswers.require(known.sameAs(payload) && own.sameAs(payload), mechanism);
        }
    }
}
