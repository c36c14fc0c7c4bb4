package org.cofferhsm.hsm.interop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cofferhsm.hsm.testing.Interop;

/**
 * Apache's HTTP server with two workers and a virtual host for one key.
 *
 * @param port where it listens
 */
record Apache(Daemon daemon, int port) implements AutoCloseable {
    private static final Path MODULES = Path.of("/usr/lib/apache2/modules");

    static Apache start(OpensslEngine engine, Path directory, String key, Path log) throws Exception {
        int port = FreePort.any();
        Path configuration = directory.resolve("apache.conf");
        Files.writeString(configuration, configuration(engine, directory, key, port));
        Daemon daemon = Daemon.start(
                log,
                engine.environment(),
                List.of(
                        Interop.program("apache2").toString(),
                        "-d",
                        directory.toString(),
                        "-f",
                        configuration.toString(),
                        "-DFOREGROUND"));
        return new Apache(daemon.listeningOn(port), port);
    }

    private static String configuration(OpensslEngine engine, Path directory, String key, int port) {
        String modules = Stream.of("mpm_event", "authz_core", "ssl")
                .map(name ->
                        "LoadModule %s_module %s".formatted(name, Interop.file(MODULES.resolve("mod_" + name + ".so"))))
                .collect(Collectors.joining("\n"));
        return """
                ServerName localhost
                PidFile %1$s/apache.pid
                DefaultRuntimeDir %1$s
                Mutex file:%1$s default
                ErrorLog /dev/stderr
                %2$s
                %3$s
                StartServers 2
                ThreadsPerChild 4
                MinSpareThreads 4
                MaxSpareThreads 8
                MaxRequestWorkers 8
                SSLCryptoDevice pkcs11
                SSLRandomSeed startup builtin
                SSLSessionCache none
                Listen 127.0.0.1:%4$d
                <VirtualHost 127.0.0.1:%4$d>
                  SSLEngine on
                  SSLCertificateFile %1$s/%5$s.pem
                  SSLCertificateKeyFile "%6$s"
                  DocumentRoot %1$s/www
                </VirtualHost>
                """.formatted(
                        directory, runAs(), modules, port, key, engine.token().uri(key));
    }

    /** Apache refuses to serve as root. */
    private static String runAs() {
        return System.getProperty("user.name").equals("root") ? "User nobody\nGroup nogroup" : "";
    }

    @Override
    public void close() {
        daemon.close();
    }
}
