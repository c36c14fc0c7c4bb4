package org.cofferhsm.hsm.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;

/** Secrets from outside the command line: a file, the environment, or somebody at the terminal. The caller wipes them. */
public final class SecretSource {

    /** What the JVM reads in place of bytes that are no characters of the locale: the replacement character. */
    private static final char UNREADABLE = '\uFFFD';

    private SecretSource() {}

    /** The first line of the file that an option names, when the option is there. */
    public static Optional<char[]> file(Invocation invocation, String option) {
        return invocation.findPath(option).map(SecretSource::firstLine);
    }

    /** Complains where the JVM could not read all of it, or else something would be set to a secret that nobody knows. */
    public static Optional<char[]> environment(Invocation invocation, String variable) {
        Optional<String> text = invocation.environment(variable);
        if (text.filter(value -> value.indexOf(UNREADABLE) >= 0).isPresent()) {
            throw HsmException.argumentInvalid(variable + " has characters that cannot be read in this locale; set"
                    + " LC_ALL=C.UTF-8, or put the secret into a file");
        }
        return text.map(String::toCharArray);
    }

    /** A new secret, asked twice; empty when there is nobody to ask. */
    public static Optional<char[]> askTwice(Invocation invocation, String what) {
        Optional<char[]> first = invocation.terminal().askSecret("New " + what + ": ");
        return first.map(secret -> confirmed(secret, invocation, what));
    }

    private static char[] confirmed(char[] secret, Invocation invocation, String what) {
        char[] again = invocation.terminal().askSecret("The same again: ").orElseGet(() -> new char[0]);
        try {
            if (!Arrays.equals(secret, again)) {
                Arrays.fill(secret, '\0');
                throw HsmException.argumentInvalid("the two entries of the " + what + " differ; nothing was changed");
            }
            return secret;
        } finally {
            Arrays.fill(again, '\0');
        }
    }

    public static char[] firstLine(Path file) {
        byte[] content = content(file);
        try {
            int end = 0;
            while (end < content.length && content[end] != '\n' && content[end] != '\r') {
                end++;
            }
            return decode(ByteBuffer.wrap(content, 0, end), file);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw HsmException.argumentInvalid("the secret cannot be read from the file " + file
                            + ": it is missing or not readable by this user")
                    .causedBy(e);
        }
    }

    private static char[] decode(ByteBuffer bytes, Path file) {
        try {
            CharBuffer characters = StandardCharsets.UTF_8.newDecoder().decode(bytes);
            char[] secret = new char[characters.remaining()];
            characters.get(secret);
            Arrays.fill(characters.array(), '\0');
            return secret;
        } catch (CharacterCodingException e) {
            throw HsmException.argumentInvalid("the file " + file + " is not UTF-8 text")
                    .causedBy(e);
        }
    }
}
