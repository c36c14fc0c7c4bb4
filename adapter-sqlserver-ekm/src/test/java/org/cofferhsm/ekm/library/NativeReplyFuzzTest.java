package org.cofferhsm.ekm.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.cofferhsm.hsm.testing.Interop;
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

        Process process = new ProcessBuilder(SCRIPT.toAbsolutePath().toString(), seconds(), "target/native-test/fuzz")
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).containsPattern("Done|DONE|Executed");
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
