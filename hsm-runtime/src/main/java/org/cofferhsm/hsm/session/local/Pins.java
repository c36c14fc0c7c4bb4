package org.cofferhsm.hsm.session.local;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.cofferhsm.hsm.crypto.MacKey;
import org.cofferhsm.hsm.crypto.PinHash;
import org.cofferhsm.hsm.key.SecretBytes;

/** How PINs are turned into verifiers and compared with them. */
public final class Pins {

    private final PinHash hash;
    private final MacKey memoKey;

    /**
     * @param memoKey a random key of this process, never stored
     */
    public Pins(PinHash hash, MacKey memoKey) {
        this.hash = hash;
        this.memoKey = memoKey;
    }

    /** The verifier of a new PIN; slow on purpose. The caller closes it. */
    SecretBytes verifier(char[] pin) {
        return SecretBytes.owning(hash.hash(pin));
    }

    /** Whether the PIN is the one; as slow. */
    boolean matches(char[] pin, SecretBytes verifier) {
        return verifier.use(bytes -> hash.verify(pin, bytes));
    }

    /** Takes as long as {@link #matches}. */
    void pretend(char[] pin) {
        hash.pretend(pin);
    }

    /** A keyed digest that is good in this process only, to know a PIN again that has been verified once. */
    byte[] memo(long userId, char[] pin) {
        ByteBuffer text = StandardCharsets.UTF_8.encode(CharBuffer.wrap(pin));
        byte[] message = ByteBuffer.allocate(Long.BYTES + text.remaining())
                .putLong(userId)
                .put(text)
                .array();
        try {
            return memoKey.mac(message);
        } finally {
            Arrays.fill(message, (byte) 0);
            Arrays.fill(text.array(), (byte) 0);
        }
    }
}
