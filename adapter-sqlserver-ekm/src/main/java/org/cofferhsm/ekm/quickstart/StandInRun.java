package org.cofferhsm.ekm.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cofferhsm.ekm.CofferSqlCrypt;
import org.cofferhsm.ekm.standin.Callbacks;
import org.cofferhsm.ekm.standin.JavaCallbacks;
import org.cofferhsm.ekm.standin.NativeCallbacks;
import org.cofferhsm.ekm.standin.NativeLibraryFile;
import org.cofferhsm.ekm.standin.SqlServer;
import org.cofferhsm.ekm.standin.Walkthrough;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.KeyFile;

/** Has SQL Server's stand-in use the module: through the native library and a service where that was built, else in Java. */
final class StandInRun {

    private final Map<String, String> environment;
    private final Path home;
    private final Optional<NativeLibraryFile> library;

    StandInRun(Map<String, String> environment) {
        this(environment, NativeLibraryFile.find());
    }

    StandInRun(Map<String, String> environment, Optional<NativeLibraryFile> library) {
        this.environment = environment;
        this.library = library;
        this.home = Path.of(environment.getOrDefault("COFFER_HOME", ""));
    }

    /** Says which way it went. */
    String run(String rsaKey, String aesKey) {
        if (library.isPresent()) {
            natively(library.get(), rsaKey, aesKey);
            return "through " + library.get().file().getFileName();
        }
        inJava(rsaKey, aesKey);
        return "in Java, since the native library is not built here";
    }

    private void walkThrough(Function<String, Callbacks> loader, String rsaKey, String aesKey) {
        String[] login = environment.getOrDefault("COFFER_PIN", "").split(":", 2);
        try (SqlServer server = new SqlServer(loader)) {
            new Walkthrough(login[0], login[1]).run(server, rsaKey, aesKey);
        }
    }

    private void natively(NativeLibraryFile library, String rsaKey, String aesKey) {
        Path directory = temporary();
        Path socket = directory.resolve("socket"); // short: the path of a socket may have 107 bytes
        try (ServiceProcess service = ServiceProcess.start(home, socket, environment)) {
            Path file = library.installIn(directory, service.socket());
            walkThrough(name -> new NativeCallbacks(file, new Random()), rsaKey, aesKey);
        } finally {
            delete(directory);
        }
    }

    private void inJava(String rsaKey, String aesKey) {
        try (Hsm hsm = Hsm.open(home).unlock(KeyFile.in(home))) {
            walkThrough(name -> new JavaCallbacks(new CofferSqlCrypt(hsm)), rsaKey, aesKey);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("coffer-ekm");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> found = Files.walk(directory)) {
            List<Path> all = found.sorted(Comparator.reverseOrder()).toList();
            for (Path each : all) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
