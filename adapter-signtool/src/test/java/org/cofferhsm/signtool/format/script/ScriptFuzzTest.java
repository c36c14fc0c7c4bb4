package org.cofferhsm.signtool.format.script;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cofferhsm.signtool.testing.Trial;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a script holds, reading, describing, verifying and rewriting it ends in a value or in DATA_INVALID. */
class ScriptFuzzTest {
    private static final List<String> EXTENSIONS = List.of(".ps1", ".ps1xml", ".mof", ".vbs", ".js", ".wsf");

    static Stream<byte[]> scripts() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (String extension : EXTENSIONS) {
            Path file = Files.createTempFile("seed", extension);
            String text = "<package><job>é</job></package>\n";
            seeds.add(new Trial(file).signed(text.getBytes(StandardCharsets.UTF_8)));
            seeds.add(new Trial(file).signed(("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE)));
            Files.delete(file);
        }
        return seeds.stream();
    }

    @MethodSource("scripts")
    @FuzzTest
    void survivesAnything(byte[] script) {
        assertThatCode(() -> {
                    for (String extension : EXTENSIONS) {
                        Trial.survives(script, extension);
                    }
                })
                .doesNotThrowAnyException();
    }
}
