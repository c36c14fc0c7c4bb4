package org.cofferhsm.hsm.jce;

import java.io.IOException;
import java.io.Reader;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.Passphrase;
import org.cofferhsm.hsm.Seal;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.error.HsmException;

/**
 * What the environment says: where the module is, what opens it, who logs in.
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><td>{@code coffer.socket}, {@code COFFER_SOCKET}</td><td>the socket of the service that owns the module, for users
 * who may not look into its directory; not asked for where {@code coffer.home} names one</td></tr>
 * <tr><td>{@code coffer.tcp}, {@code COFFER_TCP}</td><td>its port instead, 127.0.0.1:PORT; counts for more than a socket</td></tr>
 * <tr><td>{@code coffer.token.file}, {@code COFFER_TOKEN_FILE}</td><td>the service's secret file, which a port needs</td></tr>
 * <tr><td>{@code coffer.home}, {@code COFFER_HOME}</td><td>the module's directory; else {@code ~/.coffer}</td></tr>
 * <tr><td>{@code COFFER_KEY_FILE}</td><td>the key file; else {@code module.key} in the directory</td></tr>
 * <tr><td>{@code COFFER_PASSPHRASE_FILE}</td><td>a file whose first line is the passphrase</td></tr>
 * <tr><td>{@code COFFER_PASSPHRASE}</td><td>the passphrase itself</td></tr>
 * <tr><td>{@code coffer.pin.file}</td><td>a file whose first line is {@code user:pin}</td></tr>
 * <tr><td>{@code COFFER_PIN}</td><td>{@code user:pin}</td></tr>
 * </table>
 *
 * @param environment gives the value of an environment variable, or null
 * @param properties gives the value of a system property, or null
 */
record Settings(UnaryOperator<String> environment, UnaryOperator<String> properties) {

    private static final Predicate<String> NOT_EMPTY = text -> !text.isEmpty();
    private static final int LONGEST_LINE = 1024;

    /** Those of this process. */
    static Settings ofProcess() {
        return new Settings(System::getenv, System::getProperty);
    }

    /** Where the service listens, when that is said; the environment is not asked where a property names it or the module. */
    Optional<ServiceAddress> service() {
        boolean said = Stream.of("coffer.tcp", "coffer.socket", "coffer.home")
                .anyMatch(name -> property(name).isPresent());
        return said
                ? address(property("coffer.tcp"), property("coffer.socket"))
                : address(variable("COFFER_TCP"), variable("COFFER_SOCKET"));
    }

    private Optional<ServiceAddress> address(Optional<String> tcp, Optional<String> socket) {
        Optional<ServiceAddress> port = tcp.filter(NOT_EMPTY).map(this::onPort);
        return port.or(
                () -> socket.filter(NOT_EMPTY).map(path -> ServiceAddress.onSocket(Path.of(path), secretFile())));
    }

    private ServiceAddress onPort(String address) {
        return ServiceAddress.onPort(
                address,
                secretFile()
                        .orElseThrow(() -> HsmException.argumentInvalid("the service on " + address
                                + " needs its secret file: name it in coffer.token.file or COFFER_TOKEN_FILE")));
    }

    private Optional<Path> secretFile() {
        return property("coffer.token.file")
                .or(() -> variable("COFFER_TOKEN_FILE"))
                .filter(NOT_EMPTY)
                .map(Path::of);
    }

    Path home() {
        return property("coffer.home")
                .or(() -> variable("COFFER_HOME"))
                .map(Path::of)
                .orElseGet(() -> Path.of(properties.apply("user.home"), ".coffer"))
                .toAbsolutePath()
                .normalize();
    }

    /** What opens the module: the file that is named, the key file in its usual place, or what the user types. */
    Seal seal(Path home, Prompt prompt) {
        Optional<Seal> keyFile = variable("COFFER_KEY_FILE").map(path -> KeyFile.at(Path.of(path)));
        return keyFile.or(this::passphrase)
                .or(() -> Files.exists(KeyFile.in(home).path()) ? Optional.of(KeyFile.in(home)) : Optional.empty())
                .or(prompt::passphrase)
                .orElseThrow(() -> HsmException.unlockRefused(
                        "there is no key file " + KeyFile.in(home).path()
                                + "; name one in COFFER_KEY_FILE, or give the passphrase in COFFER_PASSPHRASE"
                                + " or in a file that COFFER_PASSPHRASE_FILE names"));
    }

    private Optional<Seal> passphrase() {
        Optional<Seal> inFile =
                variable("COFFER_PASSPHRASE_FILE").map(Path::of).map(file -> firstLine(file, Passphrase::of));
        return inFile.or(() ->
                variable("COFFER_PASSPHRASE").map(String::toCharArray).map(secret -> lent(secret, Passphrase::of)));
    }

    Optional<Credentials> credentials() {
        return property("coffer.pin.file")
                .map(Path::of)
                .map(file -> firstLine(file, Credentials::parse))
                .or(() -> variable("COFFER_PIN").map(String::toCharArray).map(Credentials::parse));
    }

    private Optional<String> property(String name) {
        return Optional.ofNullable(properties.apply(name));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.apply(name));
    }

    private static <T> T firstLine(Path file, Function<char[], T> reader) {
        char[] buffer = new char[LONGEST_LINE];
        try (Reader in = Files.newBufferedReader(file)) {
            CharBuffer text = CharBuffer.wrap(buffer);
            while (text.hasRemaining() && in.read(text) >= 0) {
                // goes on until the buffer is full or the file ends
            }
            return lent(Arrays.copyOf(buffer, lineLength(buffer, text.position())), reader);
        } catch (IOException e) {
            throw HsmException.argumentInvalid("the file " + file + " cannot be read: " + e.getMessage())
                    .causedBy(e);
        } finally {
            Arrays.fill(buffer, '\0');
        }
    }

    private static int lineLength(char[] buffer, int filled) {
        for (int i = 0; i < filled; i++) {
            if (buffer[i] == '\n' || buffer[i] == '\r') {
                return i;
            }
        }
        return filled;
    }

    private static <T> T lent(char[] line, Function<char[], T> reader) {
        try {
            return reader.apply(line);
        } finally {
            Arrays.fill(line, '\0');
        }
    }
}
