package org.cofferhsm.signtool.commandline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** SignTool's response files: one argument on each line, the verb first; empty lines stand between commands. */
final class ResponseFile {

    private static final long LARGEST = 16L << 20;

    private ResponseFile() {}

    /** The commands in the file. Complains by {@link SignToolException}. */
    static List<List<String>> commands(Path file) {
        List<List<String>> commands = new ArrayList<>();
        List<String> command = new ArrayList<>();
        for (String line : lines(file)) {
            if (!line.isBlank()) {
                command.add(line.strip());
            } else if (!command.isEmpty()) {
                commands.add(command);
                command = new ArrayList<>();
            }
        }
        if (!command.isEmpty()) {
            commands.add(command);
        }
        if (commands.isEmpty()) {
            throw new SignToolException("The response file is empty: " + file);
        }
        return commands;
    }

    private static List<String> lines(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new SignToolException("The response file is too large: " + file);
            }
            byte[] bytes = Files.readAllBytes(file);
            return text(bytes).lines().toList();
        } catch (NoSuchFileException e) {
            throw new SignToolException("File not found: " + file, e);
        } catch (CharacterCodingException e) {
            throw new SignToolException("The response file is not text: " + file, e);
        } catch (IOException e) {
            throw new SignToolException("There was an error opening the response file: " + file, e);
        }
    }

    /** Windows' editors write UTF-16 with a byte order mark, or UTF-8 with one. */
    private static String text(byte[] bytes) throws CharacterCodingException {
        Charset charset = startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)
                ? StandardCharsets.UTF_16
                : StandardCharsets.UTF_8;
        String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return bytes.length >= 2 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
    }
}
