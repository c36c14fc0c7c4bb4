package org.cofferhsm.hsm.session.local;

import java.util.Arrays;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.SecretBytes;

/**
 * Zeros that a token puts behind a private key to make whole blocks of it before it wraps the key, as PKCS#11 v2.40 §2.8
 * (mechanisms) has it for block ciphers, and SoftHSM 2 does it for KWP too. PKCS#8 tells its own length, so less than one
 * block of zeros is taken off; anything else behind the key stays and is refused with it.
 */
final class ZeroPadding {

    private static final int BLOCK_BYTES = 16;
    private static final int SEQUENCE = 0x30;
    private static final int LONG_FORM = 0x80;

    private ZeroPadding() {}

    /** The value, or a copy without its padding; the caller closes both. */
    static SecretBytes removed(ObjectClass objectClass, SecretBytes value) {
        return objectClass == ObjectClass.PRIVATE_KEY
                ? value.use(bytes -> SecretBytes.owning(Arrays.copyOf(bytes, unpadded(bytes))))
                : value.use(SecretBytes::copyOf);
    }

    private static int unpadded(byte[] bytes) {
        int end = end(bytes);
        boolean padded = end > 0 && end < bytes.length && bytes.length - end < BLOCK_BYTES;
        for (int i = end; padded && i < bytes.length; i++) {
            padded = bytes[i] == 0;
        }
        return padded ? end : bytes.length;
    }

    /** Where the outermost DER sequence ends (X.690 §8.1.3), or 0 when there is none. */
    private static int end(byte[] bytes) {
        if (bytes.length < 2 || bytes[0] != SEQUENCE) {
            return 0;
        }
        int first = bytes[1] & 0xff;
        if (first < LONG_FORM) {
            return 2 + first;
        }
        int octets = first - LONG_FORM;
        if (octets == 0 || octets > 3 || bytes.length < 2 + octets) {
            return 0;
        }
        int length = 0;
        for (int i = 0; i < octets; i++) {
            length = length << 8 | bytes[2 + i] & 0xff;
        }
        return 2 + octets + length;
    }
}
