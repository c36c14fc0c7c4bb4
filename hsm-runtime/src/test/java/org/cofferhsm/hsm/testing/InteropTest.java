package org.cofferhsm.hsm.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class InteropTest {
    private final String required = System.getProperty("interop.required", "false");

    @AfterEach
    void putTheSettingBack() {
        System.setProperty("interop.required", required);
    }

    @Test
    void findsAProgramOfThePath() {
        Path shell = Interop.program("sh");

        assertThat(shell).isExecutable();
    }

    @Test
    void skipsWithoutTheProgramWhereItIsOptional() {
        System.setProperty("interop.required", "false");

        assertThatThrownBy(() -> Interop.program("no-such-program"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("no-such-program");
    }

    @Test
    void failsWithoutTheProgramWhereItIsRequired() {
        System.setProperty("interop.required", "true");

        assertThatThrownBy(() -> Interop.program("no-such-program"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no-such-program");
    }

    @Test
    void treatsAMissingFileLikeAMissingProgram() {
        System.setProperty("interop.required", "true");

        assertThatThrownBy(() -> Interop.file(Path.of("no-such-engine.so")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no-such-engine.so");
    }
}
