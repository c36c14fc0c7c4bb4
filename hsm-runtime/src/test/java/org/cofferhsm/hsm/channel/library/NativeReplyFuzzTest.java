package org.cofferhsm.hsm.channel.library;

import static org.assertj.core.api.Assertions.assertThat;

import org.cofferhsm.hsm.testing.FuzzTime;
import org.cofferhsm.hsm.testing.Interop;
import org.cofferhsm.hsm.testing.ProgramRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Feeds the C client with replies that libFuzzer thinks up; without -Pfuzz, with those that are known. */
@EnabledOnOs(OS.LINUX)
class NativeReplyFuzzTest {

    @Test
    void survivesAnyReply() throws Exception {
        Interop.program("clang");

        ProgramRun run = ProgramRun.of(NativeScripts.FUZZ, FuzzTime.seconds(), NativeScripts.WORK.resolve("fuzz"))
                .succeeds();

        assertThat(run.output()).containsPattern("Done|DONE|Executed");
    }
}
