package org.cofferhsm.hsm.jce;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.MacSpi;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.session.SignOperation;
import org.jspecify.annotations.Nullable;

/** HMAC (FIPS 198-1) and AES-CMAC (SP 800-38B) with keys of the module. */
final class CofferMac extends MacSpi {

    private final Algorithm algorithm;
    private final int bytes;
    private @Nullable Handle key;
    private @Nullable SignOperation operation;

    /**
     * @param bytes the length of the MAC
     */
    CofferMac(Algorithm algorithm, int bytes) {
        this.algorithm = algorithm;
        this.bytes = bytes;
    }

    @Override
    protected int engineGetMacLength() {
        return bytes;
    }

    @Override
    protected void engineInit(Key newKey, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        Handle handle = Handle.of(newKey);
        if (parameters != null) {
            throw new InvalidAlgorithmParameterException(algorithm + " takes no parameters");
        }
        engineReset();
        operation = Failures.atInit(() -> handle.session().startSign(handle.id(), algorithm));
        key = handle;
    }

    @Override
    protected void engineUpdate(byte input) {
        engineUpdate(new byte[] {input}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        Failures.unchecked(() -> {
            operation().update(input, offset, length);
            return length;
        });
    }

    @Override
    protected byte[] engineDoFinal() {
        byte[] mac = Failures.unchecked(() -> operation().finish());
        operation = null;
        return mac;
    }

    /** The operation under way; after the end of one, the next begins with the same key. */
    private SignOperation operation() {
        SignOperation current = operation;
        if (current == null) {
            Handle handle = key;
            if (handle == null) {
                throw new IllegalStateException("the Mac has no key yet");
            }
            current = handle.session().startSign(handle.id(), algorithm);
            operation = current;
        }
        return current;
    }

    @Override
    protected void engineReset() {
        SignOperation abandoned = operation;
        operation = null;
        if (abandoned != null) {
            abandoned.close();
        }
    }
}
