package org.cofferhsm.hsm.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.testing.Interop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OutsideProgramTest {
    private OutsideProgram shell;

    @BeforeEach
    void findShell() {
        Interop.program("sh");
        shell = OutsideProgram.find("sh").orElseThrow();
    }

    @Test
    void findsNothingThatIsNotThere() {
        assertThat(OutsideProgram.find("no-such-program")).isEmpty();
    }

    @Test
    void passesInputAndKeepsTheTwoOutputsApart() {
        OutsideProgram.Finished finished = shell.run("secret".getBytes(), "-c", "cat; echo aside >&2; exit 3");

        assertThat(finished.status()).isEqualTo(3);
        assertThat(finished.text()).isEqualTo("secret");
        assertThat(finished.messages()).isEqualTo("aside\n");
    }

    @Test
    void passesTheEnvironment() {
        assertThat(shell.with(Map.of("COFFER_TEST", "here"))
                        .run("-c", "printf %s \"$COFFER_TEST\"")
                        .text())
                .isEqualTo("here");
    }

    @Test
    void survivesAProgramThatReadsNoInput() {
        assertThat(shell.run(new byte[10_000_000], "-c", "exit 0").status()).isZero();
    }

    @Test
    void keepsTheEnvironmentThatItHad() {
        OutsideProgram program =
                shell.with(Map.of("COFFER_A", "a", "COFFER_B", "b")).with(Map.of("COFFER_B", "c"));

        assertThat(program.run("-c", "printf %s%s \"$COFFER_A\" \"$COFFER_B\"").text())
                .isEqualTo("ac");
    }

    @Test
    @Timeout(20)
    void waitsNoLongerForAProgramThatLeavesItsInputUnread() {
        assertRefused(
                        Reason.ARGUMENT_INVALID,
                        () -> shell.run(Duration.ofSeconds(1), new byte[10_000_000], "-c", "exec sleep 60"))
                .hasMessageContaining("has not ended after 1 seconds");
    }

    @Test
    void takesMoreOutputThanAPipeHolds() {
        assertThat(shell.run("-c", "head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2")
                        .output())
                .hasSize(1_000_000);
    }

    @Test
    void complainsInTheProgramsOwnWords() {
        OutsideProgram.Finished failed = shell.run("-c", "echo it broke >&2; exit 1");

        assertRefused(Reason.INTERNAL, () -> failed.orComplain("sh could not do it"))
                .hasMessageContaining("sh could not do it")
                .hasMessageContaining("it broke");
    }

    @Test
    void complainsWhenAProgramCannotStart() {
        OutsideProgram missing = new OutsideProgram(List.of("/nonexistent/program"), Map.of());

        assertRefused(Reason.ARGUMENT_INVALID, missing::run).hasMessageContaining("/nonexistent/program");
    }
}
