package org.cofferhsm.hsm.jce;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Ciphers that do nothing but carry keys: AES key wrap (RFC 3394, RFC 5649) and RSA-AES key wrap (PKCS#11 v3.1 §6.1.21).
 */
final class WrapCipher extends CofferCipher {

    private static final int EPHEMERAL_AES_BITS = 256;

    private final Algorithm usual;
    private Algorithm algorithm;
    private @Nullable KeyTransport transport;

    WrapCipher(Algorithm algorithm) {
        super(new ParameterForm("OAEP", OAEPParameterSpec.class));
        this.usual = algorithm;
        this.algorithm = algorithm;
    }

    @Override
    void init(int mode, Handle key, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (mode != Cipher.WRAP_MODE && mode != Cipher.UNWRAP_MODE) {
            throw new InvalidKeyException("the cipher wraps and unwraps keys and nothing else");
        }
        requireUsage(key, mode);
        Optional<CofferKeySpec> keySpec =
                parameters instanceof CofferKeySpec spec ? Optional.of(spec) : Optional.empty();
        algorithm = chosen(keySpec.isPresent() ? keySpec.get().cipher().orElse(null) : parameters);
        transport = new KeyTransport(key, algorithm, keySpec);
    }

    private Algorithm chosen(@Nullable AlgorithmParameterSpec parameters) throws InvalidAlgorithmParameterException {
        if (parameters == null) {
            return usual;
        }
        if (!(parameters instanceof OAEPParameterSpec spec) || usual.type() != MechanismType.RSA_AES_KEY_WRAP) {
            throw new InvalidAlgorithmParameterException(usual + " takes no such parameters");
        }
        return rsaAes(OaepParameters.read(spec));
    }

    static Algorithm rsaAes(Parameters.Oaep oaep) {
        return new Algorithm(MechanismType.RSA_AES_KEY_WRAP, new Parameters.RsaAes(EPHEMERAL_AES_BITS, oaep));
    }

    @Override
    protected byte[] engineWrap(Key payload) throws InvalidKeyException {
        return current().wrap(payload);
    }

    @Override
    protected Key engineUnwrap(byte[] wrapped, String keyAlgorithm, int type)
            throws InvalidKeyException, NoSuchAlgorithmException {
        return current().unwrap(wrapped, keyAlgorithm, type);
    }

    private KeyTransport current() {
        if (transport == null) {
            throw new IllegalStateException("the cipher has no key yet");
        }
        return transport;
    }

    @Override
    @Nullable
    AlgorithmParameterSpec parameters() {
        return algorithm.parameters() instanceof Parameters.RsaAes rsaAes ? OaepParameters.spec(rsaAes.oaep()) : null;
    }

    @Override
    protected byte[] engineUpdate(byte[] input, int offset, int length) {
        throw new IllegalStateException("the cipher takes keys, not data");
    }

    @Override
    protected int engineUpdate(byte[] input, int offset, int length, byte[] output, int outputOffset) {
        throw new IllegalStateException("the cipher takes keys, not data");
    }

    @Override
    protected byte[] engineDoFinal(byte @Nullable [] input, int offset, int length) {
        throw new IllegalStateException("the cipher takes keys, not data");
    }

    @Override
    protected int engineDoFinal(byte @Nullable [] input, int offset, int length, byte[] output, int outputOffset) {
        throw new IllegalStateException("the cipher takes keys, not data");
    }

    @Override
    protected int engineGetBlockSize() {
        return 8;
    }

    /** The JCA asks this for data only, which there are none of. */
    @Override
    protected int engineGetOutputSize(int length) {
        return 0;
    }

    @Override
    protected byte @Nullable [] engineGetIV() {
        return null;
    }
}
