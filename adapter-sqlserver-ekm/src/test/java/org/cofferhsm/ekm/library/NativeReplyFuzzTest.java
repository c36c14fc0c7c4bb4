package org.cofferhsm.ekm.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.cofferhsm.hsm.testing.FuzzTime;
import org.cofferhsm.hsm.testing.Interop;
import org.cofferhsm.hsm.testing.ProgramRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Feeds the native provider with replies that libFuzzer thinks up; without -Pfuzz, with those that are known. */
@EnabledOnOs(OS.LINUX)
@Timeout(7200)
class NativeReplyFuzzTest {

    private static final Path SCRIPT = Path.of("src/test/native/fuzz/run");

    @Test
    void survivesAnyReply() throws Exception {
        Interop.program("clang");

        ProgramRun run = ProgramRun.of(SCRIPT.toAbsolutePath(), FuzzTime.seconds(), "target/native-test/fuzz")
                .succeeds();

        assertThat(run.output()).containsPattern("Done|DONE|Executed");
    }
}
