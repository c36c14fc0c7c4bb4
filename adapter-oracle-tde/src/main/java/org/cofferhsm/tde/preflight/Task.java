package org.cofferhsm.tde.preflight;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a child process is to do. It comes by the child's standard input, before the PIN.
 *
 * @param words labels and lines that it works with
 */
public record Task(Kind kind, String library, List<String> words) {

    /** The plays that a child can give. */
    public enum Kind {
        /** A database from its start on: one label to make a key under, one for the data object. */
        SEQUENCE,
        /** A server process that comes later: one witness. */
        JOIN,
        /** The check of all master keys: the witnesses of earlier preflights. */
        MASTER_KEYS,
        /** Takes away what a trial made: the labels. */
        CLEAN_UP
    }

    public Task {
        words = List.copyOf(words);
    }

    void write(DataOutputStream out, byte[] pin) throws IOException {
        write(out, kind.name());
        write(out, library);
        out.writeInt(words.size());
        for (String word : words) {
            write(out, word);
        }
        out.writeInt(pin.length);
        out.write(pin);
        out.flush();
    }

    /** Reads what the parent wrote; the PIN follows. */
    public static Task read(DataInputStream in) throws IOException {
        Kind kind = Kind.valueOf(readText(in));
        String library = readText(in);
        List<String> words = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            words.add(readText(in));
        }
        return new Task(kind, library, words);
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
