package org.cofferhsm.hsm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.ScratchDirectory;
import org.cofferhsm.hsm.testing.TestModule;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A module with many token keys: finding one by its label, and opening the module, in a heap of 512 MB. */
@State(Scope.Benchmark)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class ManyKeysBenchmark {

    private static final String USER = "bench";
    private static final int MAKERS = 64;

    @Param("100000")
    int keys;

    private final SplittableRandom random = new SplittableRandom(1);
    private ScratchDirectory directory;
    private TestModule module;
    private Hsm hsm;
    private Session session;

    @Setup
    public void fill() throws Exception {
        directory = ScratchDirectory.create("coffer-benchmark");
        module = TestModule.create(directory.path().resolve("module"), USER);
        hsm = module.open();
        session = TestModule.login(hsm, USER);
        makeKeys();
    }

    private void makeKeys() throws Exception {
        ExecutorService makers = Executors.newFixedThreadPool(MAKERS);
        List<Callable<KeyId>> work = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            KeyTemplate template = KeyTemplate.aes(256).labelled("key-" + i);
            work.add(() -> session.generate(template));
        }
        for (Future<KeyId> made : makers.invokeAll(work)) {
            made.get();
        }
        makers.shutdown();
    }

    @TearDown
    public void remove() throws IOException {
        session.close();
        hsm.close();
        directory.close();
    }

    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    @Warmup(iterations = 2, time = 1)
    @Measurement(iterations = 3, time = 1)
    public KeyId findByLabel() {
        return session.find("key-" + random.nextInt(keys)).one();
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    @Warmup(iterations = 1)
    @Measurement(iterations = 5)
    public ModuleState openModule() {
        hsm.close();
        hsm = module.open();
        session = TestModule.login(hsm, USER);
        return hsm.state();
    }
}
