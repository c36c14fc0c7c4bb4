package org.cofferhsm.hsm.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.testing.Interop;

/** The C program of {@code src/test/native/interop}, compiled with p11-kit's header: an ABI that nobody here wrote. */
record Client(Path executable, Token token) {
    private static final Path SOURCES = Path.of("src", "test", "native", "interop");
    private static final Path HEADERS = Path.of("/usr/include/p11-kit-1");

    static Client compiled(Token token, Path directory) throws IOException {
        Path program = directory.resolve("client");
        List<String> command = new ArrayList<>(List.of("-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-pthread"));
        command.addAll(List.of("-I"
                + Interop.file(HEADERS.resolve("p11-kit/pkcs11.h")).getParent().getParent()));
        command.addAll(List.of("-o", program.toString()));
        try (Stream<Path> files = Files.list(SOURCES)) {
            files.map(Path::toString).filter(file -> file.endsWith(".c")).forEach(command::add);
        }
        command.add("-ldl");
        new OutsideProgram(List.of(Interop.program("cc").toString()), Map.of())
                .run(command.toArray(new String[0]))
                .orComplain("cc");
        return new Client(program, token);
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(token.environment());
        environment.put("CLIENT_PIN", token.pin());
        return environment;
    }

    /** Runs one verb to its end; with another PIN or library where those are given by the caller. */
    OutsideProgram on(Path library) {
        return new OutsideProgram(List.of(executable.toString(), library.toString()), environment());
    }

    OutsideProgram program() {
        return on(token.library());
    }

    /** Starts a verb that goes on until its input ends. */
    Process start(Path output, String... verb) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(executable.toString(), token.library().toString()));
        command.addAll(List.of(verb));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment());
        return builder.start();
    }
}
