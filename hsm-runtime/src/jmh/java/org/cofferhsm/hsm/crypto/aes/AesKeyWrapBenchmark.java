package org.cofferhsm.hsm.crypto.aes;

import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.SecretKeys;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.SecretBytes;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Wrapping of a 256-bit key by KWP through the mechanism, beside a fresh Cipher for each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class AesKeyWrapBenchmark {

    private final AesKeyWrap keyWrap = new AesKeyWrap(Engine.fastest());
    private final EngineKey key = SecretKeys.owning(KeyType.AES, new byte[32]);
    private final SecretKeySpec plainKey = new SecretKeySpec(new byte[32], "AES");
    private final SecretBytes payload = SecretBytes.owning(new byte[32]);

    @Benchmark
    public byte[] wrap() {
        return keyWrap.wrap(key, Algorithm.AES_KWP, payload);
    }

    @Benchmark
    public byte[] wrapWithFreshCipher() throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/KWP/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, plainKey);
        return cipher.doFinal(new byte[32]);
    }
}
