package org.cofferhsm.hsm.jce;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.NoSuchPaddingException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Usage;
import org.jspecify.annotations.Nullable;

/** What all ciphers of the provider share: how they are begun, and that transformations are registered whole. */
abstract class CofferCipher extends CipherSpi {

    /** The name of the JCA's AlgorithmParameters that carry this cipher's parameters, and the class they decode to. */
    record ParameterForm(String name, Class<? extends AlgorithmParameterSpec> type) {}

    private final ParameterForm form;

    CofferCipher(ParameterForm form) {
        this.form = form;
    }

    /** Begins with this key. */
    abstract void init(int mode, Handle key, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidKeyException, InvalidAlgorithmParameterException;

    /** The parameters in use, or null. */
    abstract @Nullable AlgorithmParameterSpec parameters();

    @Override
    protected final void engineInit(int mode, Key key, @Nullable SecureRandom random) throws InvalidKeyException {
        try {
            init(mode, Handle.of(key), null);
        } catch (InvalidAlgorithmParameterException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        }
    }

    @Override
    protected final void engineInit(
            int mode, Key key, @Nullable AlgorithmParameterSpec parameters, @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        init(mode, Handle.of(key), parameters);
    }

    @Override
    protected final void engineInit(
            int mode, Key key, @Nullable AlgorithmParameters parameters, @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        init(mode, Handle.of(key), parameters == null ? null : decoded(parameters));
    }

    private AlgorithmParameterSpec decoded(AlgorithmParameters parameters) throws InvalidAlgorithmParameterException {
        try {
            return parameters.getParameterSpec(form.type());
        } catch (InvalidParameterSpecException e) {
            throw new InvalidAlgorithmParameterException("the parameters are not those of " + form.name(), e);
        }
    }

    @Override
    protected final @Nullable AlgorithmParameters engineGetParameters() {
        AlgorithmParameterSpec spec = parameters();
        if (spec == null) {
            return null;
        }
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance(form.name());
            parameters.init(spec);
            return parameters;
        } catch (GeneralSecurityException e) {
            throw new ProviderException("no provider encodes parameters of " + form.name(), e);
        }
    }

    @Override
    protected int engineGetKeySize(Key key) throws InvalidKeyException {
        return keyBits(Handle.of(key));
    }

    static int keyBits(Handle key) {
        return key.attributes()
                .find(Attribute.VALUE_LENGTH)
                .map(bytes -> Math.toIntExact(bytes * 8))
                .or(() -> key.attributes().find(Attribute.MODULUS).map(modulus -> modulus.length() * 8))
                .orElse(0);
    }

    /** Complains now about what the module would refuse later, when only a ProviderException could say it. */
    static void requireUsage(Handle key, int mode) throws InvalidKeyException {
        Usage usage = usage(mode);
        ObjectInfo object = Failures.withKey(() -> key.session().describe(key.id()));
        if (!object.attributes().is(usage.attribute())) {
            throw new InvalidKeyException("the key " + key + " may not " + usage.attribute() + ": its attribute "
                    + usage.attribute() + " is false");
        }
    }

    private static Usage usage(int mode) {
        return switch (mode) {
            case Cipher.ENCRYPT_MODE -> Usage.ENCRYPT;
            case Cipher.DECRYPT_MODE -> Usage.DECRYPT;
            case Cipher.WRAP_MODE -> Usage.WRAP;
            default -> Usage.UNWRAP;
        };
    }

    @Override
    protected final void engineSetMode(String mode) throws NoSuchAlgorithmException {
        throw new NoSuchAlgorithmException("no mode " + mode);
    }

    @Override
    protected final void engineSetPadding(String padding) throws NoSuchPaddingException {
        throw new NoSuchPaddingException("no padding " + padding);
    }
}
