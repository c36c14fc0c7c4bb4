package org.cofferhsm.hsm.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.key.SecretBytes;

/**
 * A family of mechanisms that one class implements. Every operation refuses by default; a family overrides what it can
 * do and describes it in {@link #infos}. Instances hold no keys and are safe for use by several threads.
 *
 * <p>The caller ({@link Mechanisms}) has checked that the operation, the key's type and its size fit the description,
 * so a family checks parameters and data only.
 */
public abstract class Mechanism {

    /** What this family offers: one entry per mechanism type. */
    public abstract List<MechanismInfo> infos();

    /** Known-answer test of one of this family's mechanisms; complains by {@code selfTestFailed}. Run once, before first use. */
    public abstract void selfTest(MechanismInfo mechanism);

    /** Makes a secret key as {@code template} describes (type and length are there). */
    public EngineKey generate(Algorithm algorithm, Attributes template) {
        throw refused(algorithm, Operation.GENERATE);
    }

    /** Makes a key pair as the public half's template describes, and has checked that the halves fit together. */
    public EngineKeyPair generatePair(Algorithm algorithm, Attributes publicTemplate) {
        throw refused(algorithm, Operation.GENERATE_PAIR);
    }

    public byte[] encrypt(EngineKey key, Algorithm algorithm, byte[] plaintext) {
        throw refused(algorithm, Operation.ENCRYPT);
    }

    public byte[] decrypt(EngineKey key, Algorithm algorithm, byte[] ciphertext) {
        throw refused(algorithm, Operation.DECRYPT);
    }

    public CipherStream startEncrypt(EngineKey key, Algorithm algorithm) {
        throw refused(algorithm, Operation.ENCRYPT);
    }

    public CipherStream startDecrypt(EngineKey key, Algorithm algorithm) {
        throw refused(algorithm, Operation.DECRYPT);
    }

    public byte[] sign(EngineKey key, Algorithm algorithm, byte[] data) {
        throw refused(algorithm, Operation.SIGN);
    }

    public boolean verify(EngineKey key, Algorithm algorithm, byte[] data, byte[] signature) {
        throw refused(algorithm, Operation.VERIFY);
    }

    public SignStream startSign(EngineKey key, Algorithm algorithm) {
        throw refused(algorithm, Operation.SIGN);
    }

    public VerifyStream startVerify(EngineKey key, Algorithm algorithm) {
        throw refused(algorithm, Operation.VERIFY);
    }

    /** Encrypts the encoded payload key (its bytes, or PKCS#8). */
    public byte[] wrap(EngineKey key, Algorithm algorithm, SecretBytes payload) {
        throw refused(algorithm, Operation.WRAP);
    }

    /** Gives the encoded payload key back; complains by {@code wrappedKeyInvalid} when it is not authentic. */
    public SecretBytes unwrap(EngineKey key, Algorithm algorithm, byte[] wrapped) {
        throw refused(algorithm, Operation.UNWRAP);
    }

    /**
     * Derives a secret.
     *
     * @param bytes how many bytes are wanted; 0 for as many as the mechanism naturally gives
     */
    public SecretBytes derive(EngineKey key, Algorithm algorithm, int bytes) {
        throw refused(algorithm, Operation.DERIVE);
    }

    public SharedSecret encapsulate(EngineKey publicKey, Algorithm algorithm) {
        throw refused(algorithm, Operation.ENCAPSULATE);
    }

    public SecretBytes decapsulate(EngineKey privateKey, Algorithm algorithm, byte[] ciphertext) {
        throw refused(algorithm, Operation.DECAPSULATE);
    }

    public byte[] digest(Algorithm algorithm, byte[] data) {
        throw refused(algorithm, Operation.DIGEST);
    }

    public SignStream startDigest(Algorithm algorithm) {
        throw refused(algorithm, Operation.DIGEST);
    }

    /** Drops pooled engine objects, which remember the last key they were given. */
    public void forget() {}

    /** The parameters, which have to be of that kind; complains by {@code mechanismParameterInvalid}. */
    protected static <P extends Parameters> P parameters(Algorithm algorithm, Class<P> kind) {
        if (!kind.isInstance(algorithm.parameters())) {
            throw HsmException.mechanismParameterInvalid("the mechanism " + algorithm + " takes parameters of the kind "
                    + kind.getSimpleName() + ", not "
                    + algorithm.parameters().getClass().getSimpleName());
        }
        return kind.cast(algorithm.parameters());
    }

    /** Part of a self-test: complains by {@code selfTestFailed} unless the engine gave the known answer. */
    protected static void expect(MechanismInfo mechanism, String knownAnswer, byte[] actual) {
        if (!Arrays.equals(HexFormat.of().parseHex(knownAnswer), actual)) {
            throw selfTestFailed(mechanism);
        }
    }

    /** The complaint of a self-test. */
    protected static HsmException selfTestFailed(MechanismInfo mechanism) {
        return HsmException.selfTestFailed("the self-test of " + mechanism.type()
                + " did not give the known answer; do not use this machine's crypto engine before it is explained");
    }

    /** The refusal of an operation that the mechanism does not have. */
    protected static HsmException refused(Algorithm algorithm, Operation operation) {
        return HsmException.mechanismInvalid("the mechanism " + algorithm + " cannot "
                + operation.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
}
