package org.cofferhsm.hsm.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many processes and threads at once see nothing that a single client would not see. */
class HammerTest {
    private static final int SECONDS = Integer.getInteger("hammer.seconds", 3);
    private static final int PROCESSES = Integer.getInteger("hammer.processes", 64);
    private static final int THREADS = 8;

    @RegisterExtension
    static final TokenUnderTest SUBJECT = new TokenUnderTest();

    private static Client client;

    @BeforeAll
    static void makeKeys() throws Exception {
        Pkcs11Tool tool = new Pkcs11Tool(SUBJECT.token());
        tool.keyPair("rsa:2048", "rsa", "01");
        tool.keyPair("EC:prime256v1", "ec", "02");
        tool.loggedIn("--keygen", "--key-type", "AES:32", "--label", "aes", "--id", "03", "--usage-decrypt")
                .orComplain("AES");
        client = Client.compiled(SUBJECT.token(), SUBJECT.directory());
    }

    /** Starts so many, and fails unless each succeeds; gives what they said. */
    private static List<String> together(int count, int seconds, String... verb) throws Exception {
        List<Process> processes = new ArrayList<>();
        List<Path> outputs = IntStream.range(0, count)
                .mapToObj(i -> SUBJECT.file(verb[0] + "-" + i))
                .toList();
        try {
            for (Path output : outputs) {
                processes.add(client.start(output, verb));
            }
            for (Process process : processes) {
                assertThat(process.waitFor(seconds + 120L, TimeUnit.SECONDS))
                        .as("a client hangs")
                        .isTrue();
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
        List<String> said = new ArrayList<>();
        for (Path output : outputs) {
            said.addAll(Files.readAllLines(output));
        }
        assertThat(processes).as("%s", said).allMatch(process -> process.exitValue() == 0);
        return said;
    }

    @Test
    void manyProcessesWithManyThreadsSeeNoErrors() throws Exception {
        List<String> said =
                together(PROCESSES, SECONDS, "hammer", Integer.toString(THREADS), Integer.toString(SECONDS));

        assertThat(said).hasSize(PROCESSES).allMatch(line -> line.matches("done [1-9]\\d* failed 0"));
    }

    /** SoftHSM answers with CKR_GENERAL_ERROR or CKR_TOKEN_NOT_RECOGNIZED: it writes at each login. */
    @Test
    void twoProcessesLogInAgainAndAgain() throws Exception {
        assumeFalse(TokenUnderTest.SOFTHSM);

        assertThat(together(2, SECONDS, "logins", Integer.toString(SECONDS)))
                .hasSize(2)
                .allMatch(line -> line.matches("logins [1-9]\\d*"));
    }
}
