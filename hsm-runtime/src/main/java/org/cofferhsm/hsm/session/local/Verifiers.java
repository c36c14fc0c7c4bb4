package org.cofferhsm.hsm.session.local;

import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.crypto.PinHash;
import org.cofferhsm.hsm.key.SecretBytes;

/**
 * The verifiers of a user's PINs, taken apart: that of the present PIN, and behind it that of the old one, if there is one.
 *
 * @param present empty for a user that has no PIN yet
 */
record Verifiers(SecretBytes present, Optional<SecretBytes> old) implements AutoCloseable {

    /** Those in a user's stored secret. */
    static Verifiers in(SecretBytes stored) {
        return stored.use(bytes -> {
            int end = Math.min(bytes.length, PinHash.RECORD_BYTES);
            return new Verifiers(
                    SecretBytes.owning(Arrays.copyOf(bytes, end)),
                    end == bytes.length
                            ? Optional.empty()
                            : Optional.of(SecretBytes.owning(Arrays.copyOfRange(bytes, end, bytes.length))));
        });
    }

    /** What is stored of two PINs; the caller closes it. */
    static SecretBytes joined(SecretBytes present, SecretBytes old) {
        return present.use(first -> old.use(second -> {
            byte[] both = Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, both, first.length, second.length);
            return SecretBytes.owning(both);
        }));
    }

    @Override
    public void close() {
        present.close();
        old.ifPresent(SecretBytes::close);
    }
}
