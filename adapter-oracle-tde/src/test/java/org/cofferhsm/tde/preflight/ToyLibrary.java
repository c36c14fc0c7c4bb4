package org.cofferhsm.tde.preflight;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.testing.Interop;

/** Libraries that misbehave, from {@code src/test/native/toy.c}. */
enum ToyLibrary {
    CRASHES,
    HANGS,
    WRITE_PROTECTED;

    /** Compiles it in place of the installed one. */
    void compileTo(Path library) {
        new OutsideProgram(List.of(Interop.program("cc").toString()), Map.of())
                .run(
                        "-std=gnu11",
                        "-shared",
                        "-fPIC",
                        "-D" + name(),
                        "-o",
                        library.toString(),
                        Path.of("src", "test", "native", "toy.c").toString())
                .orComplain("cc");
    }
}
