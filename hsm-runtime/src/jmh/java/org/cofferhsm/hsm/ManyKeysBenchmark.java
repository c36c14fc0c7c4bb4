package org.cofferhsm.hsm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.cofferhsm.hsm.user.Role;
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

    private static final char[] PIN = "benchmark-pin".toCharArray();
    private static final int MAKERS = 64;

    @Param("100000")
    int keys;

    private final SplittableRandom random = new SplittableRandom(1);
    private Path home;
    private Hsm hsm;
    private Session session;

    @Setup
    public void fill() throws Exception {
        home = Files.createTempDirectory("coffer-benchmark");
        hsm = Hsm.initialize(HsmConfig.at(home), KeyFile.in(home));
        hsm.activate(PIN);
        try (Session admin = hsm.login(Hsm.FIRST_ADMIN, PIN)) {
            admin.users().create("bench", Role.CRYPTO_USER, PIN);
        }
        session = hsm.login("bench", PIN);
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
        try (var files = Files.walk(home)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
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
        hsm = Hsm.open(home).unlock(KeyFile.in(home));
        session = hsm.login("bench", PIN);
        return hsm.state();
    }
}
