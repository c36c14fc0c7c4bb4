package org.cofferhsm.tde.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.HsmException;

/**
 * The text of {@code coffer-pkcs11.conf}: lines of {@code key = value}, which an administrator may have changed.
 *
 * @param text as it lies in the file
 */
public record ModuleConfiguration(String text) {

    /** sun_path less its end. */
    private static final int LONGEST_SOCKET = 107;

    private static final String FIRST = """
            # Read by libcoffer-pkcs11.so beside it, when a process of Oracle's loads it.
            # Such a process has neither the DBA's environment nor home directory, so the socket is named here.
            socket      = %s
            deadline-ms = 5000
            log         = syslog
            log-level   = warning
            """;

    /** Reads one. */
    public static ModuleConfiguration at(Path file) {
        try {
            return new ModuleConfiguration(Files.readString(file));
        } catch (IOException e) {
            throw HsmException.argumentInvalid("the configuration " + file + " cannot be read")
                    .causedBy(e);
        }
    }

    static ModuleConfiguration fresh(Path socket) {
        return new ModuleConfiguration(FIRST.formatted(checked(socket)));
    }

    /** The same with another socket; all other lines stay. */
    ModuleConfiguration with(Path socket) {
        String line = "socket      = " + checked(socket);
        List<String> lines = text.lines().toList();
        boolean named = lines.stream().anyMatch(ModuleConfiguration::namesSocket);
        Stream<String> changed = lines.stream().map(old -> namesSocket(old) ? line : old);
        return new ModuleConfiguration((named ? changed : Stream.concat(changed, Stream.of(line)))
                .collect(Collectors.joining("\n", "", "\n")));
    }

    private static boolean namesSocket(String line) {
        return line.strip().matches("socket\\s*=.*");
    }

    /** Where the service listens, when the file says so. */
    public Optional<Path> socket() {
        return text.lines()
                .filter(ModuleConfiguration::namesSocket)
                .map(line -> Path.of(line.substring(line.indexOf('=') + 1).strip()))
                .findFirst();
    }

    private static Path checked(Path socket) {
        String name = socket.toString();
        if (!socket.isAbsolute()
                || name.length() > LONGEST_SOCKET
                || name.chars().anyMatch(Character::isISOControl)) {
            throw HsmException.argumentInvalid("the socket " + name + " has to be an absolute path of at most "
                    + LONGEST_SOCKET + " characters; give the one that `coffer serve --socket` has");
        }
        return socket;
    }
}
