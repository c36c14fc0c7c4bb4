package org.cofferhsm.signtool.commandline.sign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cofferhsm.hsm.file.WholeFile;

/** Small files that a command makes, with their directory: whole or not at all; an older one of the same name is replaced. */
final class NewFile {

    private NewFile() {}

    static void write(Path file, byte[] content) throws IOException {
        Path absolute = file.toAbsolutePath();
        Files.createDirectories(absolute.resolveSibling(""));
        WholeFile.at(absolute).replace(content);
    }

    static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
