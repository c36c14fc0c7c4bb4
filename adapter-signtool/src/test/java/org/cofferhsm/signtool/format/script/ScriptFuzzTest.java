package org.cofferhsm.signtool.format.script;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cofferhsm.signtool.testing.Survival;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a script holds, reading, describing, verifying and rewriting it ends in a value or in DATA_INVALID. */
class ScriptFuzzTest {
    private static final List<Survival> SCRIPTS = Stream.of(".ps1", ".ps1xml", ".mof", ".vbs", ".js", ".wsf")
            .map(Survival::of)
            .toList();

    static Stream<byte[]> scripts() throws IOException {
        String text = "<package><job>é</job></package>\n";
        List<byte[]> seeds = new ArrayList<>();
        for (Survival script : SCRIPTS) {
            seeds.add(script.signed(text.getBytes(StandardCharsets.UTF_8)));
            seeds.add(script.signed(("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE)));
        }
        return seeds.stream();
    }

    @MethodSource("scripts")
    @FuzzTest
    void survivesAnything(byte[] bytes) {
        assertThatCode(() -> {
                    for (Survival script : SCRIPTS) {
                        script.survives(bytes);
                    }
                })
                .doesNotThrowAnyException();
    }
}
