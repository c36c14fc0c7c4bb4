package org.cofferhsm.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.cofferhsm.hsm.testing.Interop;
import org.cofferhsm.hsm.testing.ProgramRun;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keyring of MariaDB's plugin, in C, under sanitizers, with four threads and a SoftHSM token. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class MariadbKeyringTest {

    @ParameterizedTest
    @ValueSource(strings = {"address", "thread"})
    void makesNoMistakeUnderTheSanitizer(String sanitizer) throws Exception {
        Interop.program("cc");
        Interop.program("softhsm2-util");

        ProgramRun run = ProgramRun.of("src/test/native/mariadb/check", sanitizer, "target/native-test")
                .succeeds();

        assertThat(run.output()).endsWith("passed\n");
    }
}
