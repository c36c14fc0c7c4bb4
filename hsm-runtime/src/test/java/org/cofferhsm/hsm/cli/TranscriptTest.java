package org.cofferhsm.hsm.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays the dialogues in {@code src/test/resources/cli} against a real module. */
class TranscriptTest {

    @TempDir
    private Path directory;

    static Stream<String> transcripts() throws IOException {
        try (Stream<Path> files = Files.list(TranscriptPlay.TRANSCRIPTS)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".txt"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void goesAsWritten(String file) throws IOException {
        new TranscriptPlay(directory).play(file, step -> {});
    }
}
