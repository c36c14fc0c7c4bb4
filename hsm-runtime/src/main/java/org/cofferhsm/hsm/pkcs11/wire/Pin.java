package org.cofferhsm.hsm.pkcs11.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.spi.MessageReader;

/**
 * A PIN as programs give it: {@code user:PIN} as CloudHSM has it, or a PIN alone. Wiped when it is closed.
 *
 * @param user who, when the text says so
 * @param secret what follows the first colon, or all
 */
public record Pin(Optional<String> user, char[] secret) implements AutoCloseable {

    /** The longest user name, a colon, and 128 characters of at most 4 bytes. */
    private static final int MAX_BYTES = 31 + 1 + 128 * 4;

    /** Complains by PIN_INCORRECT when it cannot be anybody's. */
    public static Pin read(MessageReader request) {
        return read(request, Ckr.PIN_INCORRECT);
    }

    /** A PIN to be; complains by PIN_INVALID. */
    public static Pin readNew(MessageReader request) {
        return read(request, Ckr.PIN_INVALID);
    }

    private static Pin read(MessageReader request, Ckr refusal) {
        byte[] bytes = request.bytes();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        try {
            boolean wrong = bytes.length > MAX_BYTES
                    || StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes), text, true)
                            .isError();
            if (wrong) {
                throw refusal.because("the PIN is not UTF-8, or longer than a PIN may be");
            }
            return split(text.flip());
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(text.array(), '\0');
        }
    }

    private static Pin split(CharBuffer text) {
        char[] all = text.array();
        int colon = 0;
        while (colon < text.limit() && all[colon] != ':') {
            colon++;
        }
        return colon == text.limit()
                ? new Pin(Optional.empty(), Arrays.copyOf(all, colon))
                : new Pin(Optional.of(String.valueOf(all, 0, colon)), Arrays.copyOfRange(all, colon + 1, text.limit()));
    }

    @Override
    public void close() {
        Arrays.fill(secret, '\0');
    }

    @Override
    public String toString() {
        return "Pin of " + user.orElse("nobody named");
    }
}
