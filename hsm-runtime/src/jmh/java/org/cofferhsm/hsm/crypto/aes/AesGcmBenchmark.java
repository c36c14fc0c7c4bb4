package org.cofferhsm.hsm.crypto.aes;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.Mechanisms;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.crypto.SecretKeys;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
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
import org.openjdk.jmh.annotations.Warmup;

/** AES-256-GCM through the mechanism, beside a fresh Cipher for each message as a plain JCA program would use it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class AesGcmBenchmark {

    @Param({"32", "4096", "1048576"})
    public int bytes;

    private final Mechanisms mechanisms = Mechanisms.standard(Engine.fastest());
    private final EngineKey key = SecretKeys.owning(KeyType.AES, new byte[32]);
    private final SecretKeySpec plainKey = new SecretKeySpec(new byte[32], "AES");
    private final SecureRandom random = Engine.fastest().random();
    private byte[] plaintext = {};
    private byte[] ciphertext = {};

    @Setup
    public void prepare() {
        plaintext = new byte[bytes];
        ciphertext =
                mechanisms.ready(Algorithm.AES_GCM, Operation.ENCRYPT, key).encrypt(key, Algorithm.AES_GCM, plaintext);
    }

    @Benchmark
    public byte[] encrypt() {
        return mechanisms.ready(Algorithm.AES_GCM, Operation.ENCRYPT, key).encrypt(key, Algorithm.AES_GCM, plaintext);
    }

    @Benchmark
    public byte[] decrypt() {
        return mechanisms.ready(Algorithm.AES_GCM, Operation.DECRYPT, key).decrypt(key, Algorithm.AES_GCM, ciphertext);
    }

    /** The baseline: a new Cipher, a random IV, one message. */
    @Benchmark
    public byte[] encryptWithFreshCipher() throws GeneralSecurityException {
        byte[] iv = new byte[12];
        random.nextBytes(iv);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, plainKey, new GCMParameterSpec(128, iv));
        return cipher.doFinal(plaintext);
    }
}
