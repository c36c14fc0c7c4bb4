package org.cofferhsm.hsm.crypto.aes;

import java.util.function.UnaryOperator;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.SecretBytes;

/** A key wrapped by a cipher that also enciphers data. */
final class WrappedKey {

    private WrappedKey() {}

    /** Deciphers; a ciphertext that is not authentic is then a wrapped key that is not. */
    static SecretBytes open(byte[] wrapped, UnaryOperator<byte[]> decrypt) {
        try {
            return SecretBytes.owning(decrypt.apply(wrapped));
        } catch (HsmException e) {
            throw e.reason() == Reason.ENCRYPTED_DATA_INVALID
                    ? HsmException.wrappedKeyInvalid(
                            "the wrapped key was altered, or was not wrapped under this key with these parameters")
                    : e;
        }
    }
}
