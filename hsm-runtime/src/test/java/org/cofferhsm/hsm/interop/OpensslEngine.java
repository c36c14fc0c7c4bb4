package org.cofferhsm.hsm.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.spi.OutsideProgram.Finished;
import org.cofferhsm.hsm.testing.Interop;

/**
 * OpenSSL whose configuration loads a PKCS#11 module through libp11's engine.
 *
 * @param openssl the program, told of the configuration
 */
record OpensslEngine(Token token, OutsideProgram openssl, Path configuration) {

    static OpensslEngine on(Token token, Path directory) throws IOException {
        OutsideProgram plain =
                new OutsideProgram(List.of(Interop.program("openssl").toString()), Map.of());
        Path configuration = directory.resolve("openssl.cnf");
        Files.writeString(configuration, """
                openssl_conf = all
                [all]
                engines = engines
                [engines]
                pkcs11 = pkcs11
                [pkcs11]
                engine_id = pkcs11
                dynamic_path = %s
                MODULE_PATH = %s
                init = 0
                [req]
                distinguished_name = name
                [name]
                """.formatted(Interop.opensslEngine("pkcs11"), token.library()));
        return new OpensslEngine(token, plain.with(environment(token, configuration)), configuration);
    }

    private static Map<String, String> environment(Token token, Path configuration) {
        return Stream.concat(
                        token.environment().entrySet().stream(),
                        Stream.of(Map.entry("OPENSSL_CONF", configuration.toString())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What a program that uses OpenSSL needs in its environment. */
    Map<String, String> environment() {
        return openssl.environment();
    }

    /** Runs a command of OpenSSL's with a key of the token. */
    Finished with(String key, String... arguments) {
        Stream<String> keyed = Stream.of("-engine", "pkcs11", "-keyform", "engine", "-key", token.uri(key));
        Stream<String> command = Stream.concat(Stream.of(arguments).limit(1), keyed);
        return openssl.run(Stream.concat(command, Stream.of(arguments).skip(1)).toArray(String[]::new));
    }

    /** A certificate for this machine, signed by the key itself. */
    Path certificate(String key, Path file) {
        with(
                        key,
                        "req",
                        "-x509",
                        "-new",
                        "-sha256",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=localhost",
                        "-addext",
                        "subjectAltName=IP:127.0.0.1,DNS:localhost",
                        "-out",
                        file.toString())
                .orComplain("openssl req");
        return file;
    }
}
