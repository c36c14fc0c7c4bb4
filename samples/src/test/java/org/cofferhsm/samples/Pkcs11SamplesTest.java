package org.cofferhsm.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.testing.Interop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that show other programs with their keys in Coffer, run as a reader would. */
class Pkcs11SamplesTest {
    private static final Path LIBRARY = Path.of(
                    "../hsm-runtime/target/native/linux-"
                            + System.getProperty("os.arch").replace("amd64", "x86_64"),
                    "libcoffer-pkcs11.so")
            .toAbsolutePath()
            .normalize();

    @TempDir
    private Path directory;

    /** Runs one, with the classes of this build instead of {@code ./coffer}, which would build them. */
    private String printed(String script) throws IOException {
        OutsideProgram sh = new OutsideProgram(
                List.of(
                        Interop.program("sh").toString(),
                        Path.of("src/main", script).toString()),
                Map.of(
                        "COFFER", coffer().toString(),
                        "COFFER_PKCS11", Interop.file(LIBRARY).toString(),
                        "TMPDIR", directory.toString(),
                        "PORT", Integer.toString(freePort())));
        String printed = sh.run().orComplain(script).text();
        assertThat(directory.toFile().list()).as("what the script left behind").containsExactly("coffer");
        return printed;
    }

    private Path coffer() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path script = Files.writeString(
                directory.resolve("coffer"),
                "#!/bin/sh\nexec %s -XX:TieredStopAtLevel=1 -Xshare:auto --enable-native-access=ALL-UNNAMED -cp '%s' %s \"$@\"\n"
                        .formatted(java, System.getProperty("java.class.path"), "org.cofferhsm.hsm.cli.Main"));
        // Servers that root starts become nobody, who passes through here.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void openssl() throws IOException {
        Interop.opensslEngine("pkcs11");

        assertThat(printed("openssl/openssl.sh")).contains("Verified OK");
    }

    @Test
    void nginx() throws IOException {
        Interop.opensslEngine("pkcs11");
        Interop.program("curl");
        Interop.program("nginx");

        assertThat(printed("nginx/nginx.sh")).contains("and after a restart of the service: served by a key in Coffer");
    }

    @Test
    void apache() throws IOException {
        Interop.opensslEngine("pkcs11");
        Interop.program("curl");
        Interop.program("apache2");

        assertThat(printed("apache/apache.sh"))
                .contains("and after a restart of the service: served by a key in Coffer");
    }

    @Test
    void ssh() throws IOException {
        Interop.program("ssh-agent");

        assertThat(printed("ssh/ssh.sh")).contains("ecdsa-sha2-nistp256 ", "Good \"file\" signature for grace");
    }
}
