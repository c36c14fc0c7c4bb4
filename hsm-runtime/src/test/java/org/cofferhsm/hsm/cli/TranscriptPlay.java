package org.cofferhsm.hsm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Plays one dialogue of {@code src/test/resources/cli} in a directory. */
public final class TranscriptPlay {

    static final Path TRANSCRIPTS = Path.of("src/test/resources/cli");

    private final Path directory;
    private final Expectation expectation = new Expectation();
    private final List<String> secrets = new ArrayList<>();
    private final StringBuilder everythingShown = new StringBuilder();

    public TranscriptPlay(Path directory) {
        this.directory = directory;
    }

    /** @param after is told of each command that went as written */
    public void play(String file, Consumer<Transcript.Step> after) throws IOException {
        for (Transcript.Step step :
                Transcript.parse(Files.readAllLines(TRANSCRIPTS.resolve(file))).steps()) {
            makeFiles(step.files());
            if (!step.command().isEmpty()) {
                play(file + ":" + step.line(), step);
                after.accept(step);
            }
        }
        assertThat(secrets).noneMatch(secret -> everythingShown.indexOf(secret) >= 0);
    }

    private void makeFiles(List<String> files) throws IOException {
        for (String file : files) {
            String[] parts = file.split(" ", 2);
            Files.writeString(directory.resolve(parts[0]), parts[1].replace("\\n", "\n") + "\n");
            if (parts[0].endsWith("pin")) {
                secrets.add(parts[1].substring(parts[1].indexOf(':') + 1));
            }
        }
    }

    private void play(String where, Transcript.Step step) {
        CommandText command = CommandText.parse(expectation.fill(step.command()));
        remember(command.variables());
        secrets.addAll(step.typed());
        TestTerminal terminal = new TestTerminal(directory, environment(command.variables()), step.typed());
        int status = Main.run(command.arguments(), terminal);
        everythingShown.append(terminal.written()).append(terminal.complaints());
        expectation.check(where + " (standard error)", step.err(), terminal.complaints());
        expectation.check(where, step.out(), terminal.written());
        assertThat(status).as(where + ": exit status").isEqualTo(step.status());
    }

    private Map<String, String> environment(Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.putIfAbsent("COFFER_HOME", "module");
        return environment;
    }

    private void remember(Map<String, String> variables) {
        variables.forEach((name, value) -> {
            if (name.matches(".*(PIN|PASSPHRASE)")) {
                secrets.add(value.substring(value.indexOf(':') + 1));
            }
        });
    }
}
