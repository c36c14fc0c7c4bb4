package org.cofferhsm.hsm.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.cofferhsm.hsm.cli.TestTerminal;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterLoginTest {

    private static TestModule module;

    @BeforeAll
    static void create(@TempDir Path home) {
        module = TestModule.create(home.resolve("module"), "alice");
    }

    private static String user(List<String> options, Map<String, String> environment) {
        TestTerminal terminal = new TestTerminal(module.home().resolve(".."), environment, List.of());
        return AdapterLogin.with(
                options,
                terminal,
                UnaryOperator.identity(),
                session -> session.user().name());
    }

    @Test
    void logsInByTheEnvironment() {
        assertThat(user(List.of(), module.environment("alice"))).isEqualTo("alice");
    }

    @Test
    void logsInByOptions() {
        String pin = module.environment("alice").getOrDefault("COFFER_PIN", "");

        assertThat(user(List.of("--home", "module", "--as", "alice"), Map.of("COFFER_PIN", pin)))
                .isEqualTo("alice");
    }

    @Test
    void saysWhatIsMissing() {
        assertRefused(
                Reason.ARGUMENT_INVALID,
                () -> user(List.of("--home", module.home().toString()), Map.of()));
    }
}
