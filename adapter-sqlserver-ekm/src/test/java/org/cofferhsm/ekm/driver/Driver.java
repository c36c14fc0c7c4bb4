package org.cofferhsm.ekm.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program of {@code src/test/native/driver}, which plays SQL Server's side. */
final class Driver implements AutoCloseable {

    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    private Driver(Process process) {
        this.process = process;
        this.orders = process.outputWriter(UTF_8);
        this.answers = process.inputReader(UTF_8);
    }

    static Driver start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new Driver(builder.start());
    }

    /** Lets it play a scenario, which must pass; gives what it said besides. */
    List<String> plays(String scenario) throws IOException {
        orders.write(scenario + "\n");
        orders.flush();
        List<String> said = new ArrayList<>();
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.strip().equals("passed: " + scenario)) {
                return said;
            }
            said.add(line);
        }
        throw new AssertionError(scenario + " failed: " + String.join("\n", said));
    }

    /** Ends it, by itself and in order. */
    void ends() throws IOException, InterruptedException {
        orders.close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
