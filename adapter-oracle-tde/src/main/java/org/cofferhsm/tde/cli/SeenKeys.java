package org.cofferhsm.tde.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.file.WholeFile;
import org.cofferhsm.tde.preflight.Witness;

/** The file in which preflights keep what each master key once encrypted, a line each; no secret is in it. */
record SeenKeys(Path file) {

    List<Witness> read() {
        if (Files.notExists(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .map(Witness::parse)
                    .toList();
        } catch (IOException e) {
            throw HsmException.argumentInvalid("the file " + file + " cannot be read")
                    .causedBy(e);
        }
    }

    /** Whole or not at all. */
    void write(List<Witness> witnesses) {
        String text = witnesses.stream().map(witness -> witness.line() + "\n").collect(Collectors.joining());
        try {
            WholeFile.at(file).replace(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw HsmException.argumentInvalid("the file " + file + " cannot be written")
                    .causedBy(e);
        }
    }
}
