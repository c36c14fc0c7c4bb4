package org.cofferhsm.hsm.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.testing.Interop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenSSH: keys of the token in ssh-keygen and in ssh-agent. */
class SshTest {

    @RegisterExtension
    static final TokenUnderTest SUBJECT = new TokenUnderTest();

    private Daemon agent;
    private Map<String, String> environment;

    @BeforeAll
    static void makeKeys() {
        Pkcs11Tool tool = new Pkcs11Tool(SUBJECT.token());
        tool.keyPair("rsa:2048", "ssh-rsa", "01");
        tool.keyPair("EC:prime256v1", "ssh-ec", "02");
    }

    @BeforeEach
    void startAgent() throws Exception {
        Path socket = SUBJECT.file("agent");
        Files.deleteIfExists(socket);
        agent = Daemon.start(
                SUBJECT.log("ssh-agent"),
                SUBJECT.token().environment(),
                List.of(Interop.program("ssh-agent").toString(), "-D", "-a", socket.toString(), "-P", library()));
        Await.that("ssh-agent listens", () -> Files.exists(socket));
        environment = new HashMap<>(Map.of(
                "SSH_AUTH_SOCK", socket.toString(),
                "SSH_ASKPASS", askpass().toString(),
                "SSH_ASKPASS_REQUIRE", "force",
                "TEST_PIN", SUBJECT.token().pin()));
    }

    @AfterEach
    void stopAgent() {
        agent.close();
    }

    /** As ssh-agent compares it. */
    private static String library() throws IOException {
        return SUBJECT.token().library().toRealPath().toString();
    }

    private static Path askpass() throws IOException {
        Path script = Files.writeString(SUBJECT.file("askpass"), "#!/bin/sh\nprintf '%s\\n' \"$TEST_PIN\"\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private OutsideProgram ssh(String program) {
        return SUBJECT.program(program).with(environment);
    }

    /** Where a token shows nothing without a login, ssh-keygen asks for the PIN. */
    @Test
    void listsPublicKeys() throws IOException {
        assertThat(ssh("ssh-keygen")
                        .run("-D", library())
                        .orComplain("ssh-keygen -D")
                        .text())
                .contains("ssh-rsa ", "ssh-rsa\n", "ecdsa-sha2-nistp256 ", "ssh-ec\n");
    }

    @ParameterizedTest
    @CsvSource({"ssh-rsa, RSA", "ssh-ec, ECDSA"})
    void signsByTheAgent(String label, String kind) throws IOException {
        ssh("ssh-add").run("-s", library()).orComplain("ssh-add -s");
        String key = ssh("ssh-add")
                .run("-L")
                .orComplain("ssh-add -L")
                .text()
                .lines()
                .filter(line -> line.endsWith(" " + label))
                .findFirst()
                .orElseThrow();
        Path publicKey = Files.writeString(SUBJECT.file(label + ".pub"), key + "\n");
        byte[] message = "message".getBytes(US_ASCII);
        Path signature = Files.write(
                SUBJECT.file(label + ".sig"),
                ssh("ssh-keygen")
                        .run(message, "-Y", "sign", "-f", publicKey.toString(), "-n", "file")
                        .orComplain("ssh-keygen -Y sign")
                        .output());

        Path allowed = Files.writeString(SUBJECT.file(label + ".allowed"), "grace " + key + "\n");
        assertThat(ssh("ssh-keygen")
                        .run(
                                message,
                                "-Y",
                                "verify",
                                "-f",
                                allowed.toString(),
                                "-I",
                                "grace",
                                "-n",
                                "file",
                                "-s",
                                signature.toString())
                        .orComplain("ssh-keygen -Y verify")
                        .text())
                .contains("Good \"file\" signature for grace with " + kind);
        ssh("ssh-add").run("-e", library()).orComplain("ssh-add -e");
    }

    @Test
    void addsNothingForAWrongPin() throws IOException {
        environment.put("TEST_PIN", SUBJECT.token().pin() + "x");

        ssh("ssh-add").run("-s", library());

        assertThat(ssh("ssh-add").run("-L").text()).contains("no identities");
    }
}
