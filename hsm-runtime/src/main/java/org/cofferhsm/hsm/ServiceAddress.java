package org.cofferhsm.hsm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.store.PrivateFiles;

/** The file by which other programs find the service that serves a module: the path of its socket. */
final class ServiceAddress {

    private final Path home;
    private final Path file;

    ServiceAddress(Path home) {
        this.home = home;
        this.file = home.resolve("service.socket");
    }

    Optional<Path> read() {
        try {
            return Optional.of(Path.of(Files.readString(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unavailable("read", e);
        }
    }

    /** Whoever reads meanwhile sees the whole path or none. */
    void write(Path socket) {
        Path unfinished = home.resolve("service.socket.tmp");
        try {
            Files.writeString(unfinished, socket.toAbsolutePath().toString());
            PrivateFiles.restrict(unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unavailable("written", e);
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unavailable("removed", e);
        }
    }

    private HsmException unavailable(String what, IOException cause) {
        return HsmException.storeUnavailable("the file " + file + " cannot be " + what + ": " + cause)
                .causedBy(cause);
    }
}
