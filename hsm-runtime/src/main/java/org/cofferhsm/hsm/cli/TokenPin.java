package org.cofferhsm.hsm.cli;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.Printable;
import org.cofferhsm.hsm.command.SecretSource;
import org.cofferhsm.hsm.command.UsageException;

/** The PIN of another token: from {@code --token-pin-file}, from {@code COFFER_TOKEN_PIN}, or from a prompt. */
final class TokenPin {

    private static final String VARIABLE = "COFFER_TOKEN_PIN";

    private TokenPin() {}

    static void declare(OptionSet options) {
        options.value(
                "token-pin-file", "FILE", "a file with the other token's PIN; else COFFER_TOKEN_PIN, else a prompt");
    }

    /** Lends the PIN in UTF-8 and wipes it. */
    static <T> T use(Invocation invocation, String token, Function<byte[], T> work) {
        char[] pin = SecretSource.file(invocation, "token-pin-file")
                .or(() -> SecretSource.environment(invocation, VARIABLE))
                .or(() -> invocation.terminal().askSecret("PIN of the token " + Printable.of(token) + ": "))
                .orElseThrow(() -> new UsageException("no PIN for the token \"" + token + "\": set " + VARIABLE
                        + ", or give --token-pin-file, or run this in a terminal"));
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(pin));
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
        try {
            return work.apply(bytes);
        } finally {
            Arrays.fill(pin, '\0');
            Arrays.fill(encoded.array(), (byte) 0);
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
