package org.cofferhsm.hsm.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cofferhsm.hsm.key.Octets;
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
    private Path directory;
    private AuditLog log;

    @Setup(Level.Iteration)
    public void open() throws IOException, GeneralSecurityException {
        directory = Files.createTempDirectory("audit-benchmark");
        log = AuditLog.open(directory, new Keys(), AuditSettings.of(Octets.of(new byte[16])));
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        log.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(AuditLogBenchmark::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** HMAC-SHA-256 and ECDSA P-256 by the JDK. */
    private static final class Keys implements AuditKeys {
        private final ThreadLocal<Mac> macs = ThreadLocal.withInitial(Keys::hmac);
        private final KeyPair pair;

        Keys() throws GeneralSecurityException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            pair = generator.generateKeyPair();
        }

        private static Mac hmac() {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
                return mac;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public byte[] mac(byte[] hash) {
            return macs.get().doFinal(hash);
        }

        @Override
        public byte[] sign(byte[] checkpoint) {
            try {
                Signature signature = Signature.getInstance("SHA256withECDSA");
                signature.initSign(pair.getPrivate());
                signature.update(checkpoint);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public byte[] publicKey() {
            return pair.getPublic().getEncoded();
        }
    }
}
