package org.cofferhsm.ekm.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.cofferhsm.hsm.testing.ServedModule;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the provider must do under whatever loads it, against a real service on TCP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
abstract class DriverContract {

    static final String USER = "sqlserver";

    private static final Duration PATIENT = Duration.ofSeconds(30);

    /** A call waits so long for a service that is lost. */
    private static final Duration IMPATIENT = Duration.ofSeconds(5);

    private Path directory;
    private ServedModule service;

    /** A driver whose provider reads this configuration; skips the test where it cannot run. */
    abstract Driver start(Path configuration) throws Exception;

    /** The driver's name of a file. */
    abstract String nameOf(Path file);

    /** Builds what the driver needs, or skips all tests. */
    abstract void prepare() throws Exception;

    @BeforeAll
    void serve(@TempDir Path temporary) throws Exception {
        directory = temporary;
        prepare();
        service = ServedModule.startOnTcp(TestModule.create(directory.resolve("module"), USER));
    }

    @AfterAll
    void stop() {
        if (service != null) {
            service.close();
        }
    }

    private Path log() {
        return directory.resolve("provider.log");
    }

    private Path configuration(Path token, Duration deadline) throws Exception {
        return Files.writeString(
                directory.resolve("coffer-ekm.conf"),
                "tcp = 127.0.0.1:" + service.port() + "\ntoken-file = " + nameOf(token) + "\nlog = " + nameOf(log())
                        + "\nopen-retry-ms = 500\ndeadline-ms = " + deadline.toMillis() + "\n");
    }

    /** Where files may be made. */
    final Path directory() {
        return directory;
    }

    /** Of the service that runs. */
    final Path configuration() throws Exception {
        return configuration(service.token(), PATIENT);
    }

    private Driver driver() throws Exception {
        return start(configuration());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "information",
                "wrong-credential",
                "rsa",
                "aes",
                "duplicate",
                "tampered",
                "arguments",
                "threads",
                "reload",
                "handles"
            })
    void plays(String scenario) throws Exception {
        try (Driver driver = driver()) {
            driver.plays(scenario);
            driver.ends();
        }
    }

    @Test
    void playsAllInOneProcess() throws Exception {
        try (Driver driver = driver()) {
            for (String scenario : new String[] {"information", "rsa", "aes", "threads", "reload", "speed"}) {
                driver.plays(scenario);
            }
            driver.ends();
        }
    }

    @Test
    void goesOnInTheSameSessionWhenTheServiceIsKilledAndStartedAgain() throws Exception {
        try (Driver driver = start(configuration(service.token(), IMPATIENT))) {
            driver.plays("open");
            driver.plays("use");
            service.kill();
            driver.plays("lost");
            driver.plays("lost");
            service.restart();
            driver.plays("use");
            driver.plays("close");
            driver.ends();
        } finally {
            restartIfKilled();
        }
        assertThat(log()).content().contains("127.0.0.1:" + service.port());
    }

    @Test
    void saysThatTheServiceIsAbsent() throws Exception {
        service.kill();
        try (Driver driver = driver()) {
            driver.plays("absent");
            service.restart();
            driver.plays("rsa");
            driver.ends();
        } finally {
            restartIfKilled();
        }
    }

    private void restartIfKilled() throws Exception {
        if (!service.isRunning()) {
            service.restart();
        }
    }

    @Test
    void isNotLetInWithAnotherSecret() throws Exception {
        Path other = Files.writeString(directory.resolve("other.token"), "0".repeat(128));
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-------"));
        try (Driver driver = start(configuration(other, PATIENT))) {
            driver.plays("refused");
            driver.ends();
        }
    }

    @Test
    void saysNothingOfItsSecretOrThePin() throws Exception {
        String half = Files.readString(service.token()).substring(0, 64);
        try (Driver driver = driver()) {
            driver.plays("wrong-credential");
            driver.ends();
        }
        assertThat(log()).content().doesNotContain(half, "not the PIN", TestModule.PIN);
    }
}
