package org.cofferhsm.hsm;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.file.WholeFile;

/**
 * The file by which other programs find the service that serves a module: where it listens and, where both sides show a
 * secret, in which file that is; never the secret. Its lines are called as those of the native libraries' configuration.
 */
final class ServiceNote {

    private static final String SOCKET = "socket";
    private static final String TCP = "tcp";
    private static final String TOKEN_FILE = "token-file";

    private final Path file;

    ServiceNote(Path home) {
        this.file = home.resolve("service.socket");
    }

    Optional<ServiceAddress> read() {
        Properties lines = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            lines.load(in);
            return Optional.of(address(lines));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw unavailable("read", e);
        }
    }

    private ServiceAddress address(Properties lines) throws IOException {
        Optional<String> socket = Optional.ofNullable(lines.getProperty(SOCKET));
        Optional<String> tcp = Optional.ofNullable(lines.getProperty(TCP));
        Optional<Path> secret =
                Optional.ofNullable(lines.getProperty(TOKEN_FILE)).map(Path::of);
        if (socket.isPresent()) {
            return ServiceAddress.onSocket(Path.of(socket.get()), secret);
        }
        if (tcp.isPresent() && secret.isPresent()) {
            return ServiceAddress.onPort(tcp.get(), secret.get());
        }
        throw new IOException("it says of no place where the service listens");
    }

    /** Whoever reads meanwhile sees the whole note or none. */
    void write(ServiceAddress address) {
        try {
            WholeFile.ownersOnly(file).replace(text(address).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unavailable("written", e);
        }
    }

    private static String text(ServiceAddress address) throws IOException {
        Properties lines = new Properties();
        lines.setProperty(address.socket().isPresent() ? SOCKET : TCP, address.toString());
        address.secretFile().ifPresent(secret -> lines.setProperty(TOKEN_FILE, secret.toString()));
        StringWriter text = new StringWriter();
        lines.store(text, null);
        return text.toString();
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unavailable("removed", e);
        }
    }

    private HsmException unavailable(String what, Exception cause) {
        return HsmException.storeUnavailable("the file " + file + " cannot be " + what + ": " + cause)
                .causedBy(cause);
    }
}
