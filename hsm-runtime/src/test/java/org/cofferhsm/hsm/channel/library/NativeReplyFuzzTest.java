package org.cofferhsm.hsm.channel.library;

import static org.assertj.core.api.Assertions.assertThat;

import org.cofferhsm.hsm.testing.Interop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Feeds the C client with replies that libFuzzer thinks up; without -Pfuzz, with those that are known. */
@EnabledOnOs(OS.LINUX)
class NativeReplyFuzzTest {

    @Test
    void survivesAnyReply() throws Exception {
        Interop.program("clang");

        NativeRun run = NativeRun.of(NativeRun.FUZZ, seconds(), NativeRun.WORK.resolve("fuzz"))
                .succeeds();

        assertThat(run.output()).containsPattern("Done|DONE|Executed");
    }

    /** By the same variables as Jazzer, which have no duration while known inputs are replayed. */
    private static String seconds() {
        if (!"1".equals(System.getenv("JAZZER_FUZZ"))) {
            return "0";
        }
        String duration = System.getenv().getOrDefault("JAZZER_MAX_DURATION", "20s");
        int number = Integer.parseInt(duration.replaceAll("[^0-9]", ""));
        return Integer.toString(duration.endsWith("m") ? number * 60 : duration.endsWith("h") ? number * 3600 : number);
    }
}
