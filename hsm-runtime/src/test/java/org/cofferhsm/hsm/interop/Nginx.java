package org.cofferhsm.hsm.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cofferhsm.hsm.testing.Interop;

/**
 * nginx with two workers and a server for each of two keys.
 *
 * @param rsa the port that the RSA key serves
 * @param ec the port that the P-256 key serves
 */
record Nginx(Daemon daemon, int rsa, int ec) implements AutoCloseable {

    /** Certificates are {@code rsa.pem} and {@code ec.pem} in the directory, keys {@code rsa} and {@code ec}. */
    static Nginx start(OpensslEngine engine, Path directory, String user, Path log) throws Exception {
        int rsa = FreePort.any();
        int ec = FreePort.any();
        Path configuration = directory.resolve("nginx.conf");
        Files.writeString(configuration, configuration(engine, directory, user, List.of(rsa, ec)));
        Daemon daemon = Daemon.start(
                log,
                engine.environment(),
                List.of(
                        Interop.program("nginx").toString(),
                        "-p",
                        directory.toString(),
                        "-e",
                        "stderr",
                        "-c",
                        configuration.toString()));
        Nginx nginx = new Nginx(daemon, rsa, ec);
        daemon.listeningOn(rsa).listeningOn(ec);
        Await.that("two workers run", () -> nginx.workers().size() == 2);
        return nginx;
    }

    private static String configuration(OpensslEngine engine, Path directory, String user, List<Integer> ports)
            throws IOException {
        String kept = engine.environment().keySet().stream()
                .map(name -> "env " + name + ";")
                .collect(Collectors.joining(" "));
        String servers = Stream.of("rsa", "ec")
                .map(key -> server(engine, directory, key, ports.get(key.equals("rsa") ? 0 : 1)))
                .collect(Collectors.joining("\n"));
        String temporary = Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                .map(kind -> kind + "_temp_path " + directory.resolve("nginx-" + kind) + ";")
                .collect(Collectors.joining("\n  "));
        return """
                daemon off;
                worker_processes 2;
                %s
                pid %s;
                error_log stderr;
                %s
                ssl_engine pkcs11;
                events { worker_connections 64; }
                http {
                  access_log off;
                  %s
                  ssl_session_cache off; ssl_session_tickets off; ssl_protocols TLSv1.2 TLSv1.3;
                  keepalive_timeout 0;
                  %s
                }
                """.formatted(runAs(user), directory.resolve("nginx.pid"), kept, temporary, servers);
    }

    /** Only root's nginx may become somebody. */
    private static String runAs(String user) {
        return System.getProperty("user.name").equals("root") ? "user " + user + ";" : "";
    }

    private static String server(OpensslEngine engine, Path directory, String key, int port) {
        return """
                  server {
                    listen 127.0.0.1:%d ssl;
                    ssl_certificate %s;
                    ssl_certificate_key "engine:pkcs11:%s";
                    location / { return 200 "served by $pid\\n"; }
                  }
                """.formatted(
                        port, directory.resolve(key + ".pem"), engine.token().uri(key));
    }

    List<ProcessHandle> workers() {
        return daemon.children();
    }

    @Override
    public void close() {
        daemon.close();
    }
}
