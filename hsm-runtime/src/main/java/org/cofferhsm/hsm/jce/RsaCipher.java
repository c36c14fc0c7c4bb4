package org.cofferhsm.hsm.jce;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.OAEPParameterSpec;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Parameters;
import org.jspecify.annotations.Nullable;

/** RSAES-OAEP, RSAES-PKCS1-v1_5 and raw RSA (RFC 8017): the public key encrypts and wraps, the private one opens. */
final class RsaCipher extends CofferCipher {

    private final Algorithm usual;
    private final Gathered data = new Gathered();
    private Algorithm algorithm;
    private Optional<CofferKeySpec> keySpec = Optional.empty();
    private @Nullable Handle key;

    RsaCipher(Algorithm algorithm) {
        super(new ParameterForm("OAEP", OAEPParameterSpec.class));
        this.usual = algorithm;
        this.algorithm = algorithm;
    }

    @Override
    void init(int mode, Handle newKey, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        boolean protects = mode == Cipher.ENCRYPT_MODE || mode == Cipher.WRAP_MODE;
        if (!newKey.isOf(protects ? ObjectClass.PUBLIC_KEY : ObjectClass.PRIVATE_KEY)) {
            throw new InvalidKeyException("RSA encrypts and wraps with the public key and opens with the private key");
        }
        requireUsage(newKey, mode);
        data.clear();
        keySpec = parameters instanceof CofferKeySpec spec ? Optional.of(spec) : Optional.empty();
        if (mode == Cipher.UNWRAP_MODE && isForeign(parameters)) {
            // JSSE offers parameters of its own for TLS's premaster secret and decrypts it when it hears this.
            throw new UnsupportedOperationException(usual + " unwraps keys of the module and takes no such parameters");
        }
        algorithm = chosen(keySpec.isPresent() ? keySpec.get().cipher().orElse(null) : parameters);
        key = newKey;
    }

    private static boolean isForeign(@Nullable AlgorithmParameterSpec parameters) {
        return parameters != null
                && !(parameters instanceof CofferKeySpec)
                && !(parameters instanceof OAEPParameterSpec);
    }

    private Algorithm chosen(@Nullable AlgorithmParameterSpec parameters) throws InvalidAlgorithmParameterException {
        if (parameters == null) {
            return usual;
        }
        if (!(parameters instanceof OAEPParameterSpec spec) || usual.type() != MechanismType.RSA_PKCS_OAEP) {
            throw new InvalidAlgorithmParameterException(usual + " takes no such parameters");
        }
        return new Algorithm(MechanismType.RSA_PKCS_OAEP, OaepParameters.read(spec));
    }

    @Override
    protected byte @Nullable [] engineUpdate(byte[] input, int offset, int length) {
        data.add(input, offset, length);
        return null;
    }

    @Override
    protected int engineUpdate(byte[] input, int offset, int length, byte[] output, int outputOffset) {
        data.add(input, offset, length);
        return 0;
    }

    @Override
    protected byte[] engineDoFinal(byte @Nullable [] input, int offset, int length)
            throws IllegalBlockSizeException, BadPaddingException {
        if (input != null) {
            data.add(input, offset, length);
        }
        byte[] whole = data.copy();
        data.clear();
        try {
            Handle current = current();
            return current.isOf(ObjectClass.PUBLIC_KEY)
                    ? Failures.ciphering(() -> current.session().encrypt(current.id(), algorithm, whole))
                    : Failures.ciphering(() -> current.session().decrypt(current.id(), algorithm, whole));
        } finally {
            Arrays.fill(whole, (byte) 0);
        }
    }

    @Override
    protected int engineDoFinal(byte @Nullable [] input, int offset, int length, byte[] output, int outputOffset)
            throws IllegalBlockSizeException, BadPaddingException, ShortBufferException {
        // Asked before anything is done, so that the caller can come again with a longer buffer.
        if (current().isOf(ObjectClass.PUBLIC_KEY) && output.length - outputOffset < engineGetOutputSize(length)) {
            throw new ShortBufferException("the output has " + engineGetOutputSize(length) + " bytes");
        }
        byte[] before = data.copy();
        byte[] result = engineDoFinal(input, offset, length);
        try {
            if (output.length - outputOffset < result.length) {
                // How long a plaintext is only its decryption tells; the caller's next try decrypts again.
                data.add(before, 0, before.length);
                throw new ShortBufferException("the output has " + result.length + " bytes");
            }
            System.arraycopy(result, 0, output, outputOffset, result.length);
            return result.length;
        } finally {
            Arrays.fill(before, (byte) 0);
            Arrays.fill(result, (byte) 0);
        }
    }

    @Override
    protected byte[] engineWrap(Key payload) throws InvalidKeyException {
        return transport().wrap(payload);
    }

    @Override
    protected Key engineUnwrap(byte[] wrapped, String keyAlgorithm, int type)
            throws InvalidKeyException, NoSuchAlgorithmException {
        return transport().unwrap(wrapped, keyAlgorithm, type);
    }

    private KeyTransport transport() {
        return new KeyTransport(current(), algorithm, keySpec);
    }

    private Handle current() {
        if (key == null) {
            throw new IllegalStateException("the cipher has no key yet");
        }
        return key;
    }

    @Override
    @Nullable
    AlgorithmParameterSpec parameters() {
        return algorithm.parameters() instanceof Parameters.Oaep oaep ? OaepParameters.spec(oaep) : null;
    }

    @Override
    protected int engineGetBlockSize() {
        return 0;
    }

    @Override
    protected int engineGetOutputSize(int length) {
        return key == null ? 0 : keyBits(key) / 8;
    }

    @Override
    protected byte @Nullable [] engineGetIV() {
        return null;
    }
}
