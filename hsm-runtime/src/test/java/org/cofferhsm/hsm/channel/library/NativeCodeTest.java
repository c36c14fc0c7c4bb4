package org.cofferhsm.hsm.channel.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.cofferhsm.hsm.testing.Interop;
import org.cofferhsm.hsm.testing.ProgramRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Runs the C tests of src/test/native, each compiled with a sanitizer that ends it at the first mistake. */
@EnabledOnOs(OS.LINUX)
class NativeCodeTest {

    @BeforeAll
    static void findCompiler() {
        Interop.program("cc");
    }

    @Test
    void makesNoMistakeWithMemory() throws Exception {
        ProgramRun run = ProgramRun.of(NativeScripts.CHECK, "address", NativeScripts.WORK)
                .succeeds();

        assertThat(run.output().lines())
                .filteredOn(line -> line.startsWith("passed: "))
                .hasSizeGreaterThan(50);
    }

    @Test
    void makesNoMistakeBetweenThreads() throws Exception {
        String[] concurrent = {"fork_test", "greeting_test", "pool_test", "restart_test"};

        ProgramRun run = ProgramRun.of(
                        NativeScripts.CHECK,
                        Stream.concat(Stream.of("thread", NativeScripts.WORK), Stream.of(concurrent))
                                .toArray())
                .succeeds();

        assertThat(run.output()).contains(concurrent);
    }
}
