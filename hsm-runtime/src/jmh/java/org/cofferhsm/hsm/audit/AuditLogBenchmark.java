package org.cofferhsm.hsm.audit;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.testing.ScratchDirectory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a record costs: with its chain hash and MAC, on one thread and on two; and a change, which waits for the disk.
 *
 * <p>Back to back, records fill the disk faster than most disks write, so that the averages of longer runs measure the
 * disk; the times at the median are the log's own.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class AuditLogBenchmark {

    private final AuditEvent use = new AuditEvent(
            "payroll", "sign", 42, "OK", "SHA256_RSA_PKCS_PSS", Octets.of(new byte[32]), Optional.empty());
    private ScratchDirectory directory;
    private AuditLog log;

    @Setup(Level.Iteration)
    public void open() throws IOException {
        directory = ScratchDirectory.create("audit-benchmark");
        log = AuditLog.open(directory.path(), TestKeys.of(0), AuditSettings.of(Octets.of(new byte[16])));
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        log.close();
        directory.close();
    }

    @Benchmark
    @Threads(1)
    public void recordsAUse() {
        log.record(use);
    }

    @Benchmark
    @Threads(2)
    public void recordsUsesOnTwoThreads() {
        log.record(use);
    }

    @Benchmark
    @Threads(1)
    public void recordsAChange() {
        log.recordDurably(List.of(use));
    }
}
