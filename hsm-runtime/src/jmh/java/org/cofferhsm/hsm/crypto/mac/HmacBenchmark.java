package org.cofferhsm.hsm.crypto.mac;

import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.MacKey;
import org.cofferhsm.hsm.crypto.SecretKeys;
import org.cofferhsm.hsm.crypto.aes.AesCmac;
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

/** MACs of 32 bytes: through the mechanisms, as the audit log makes them, and with a fresh Mac for each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class HmacBenchmark {

    private final Engine engine = Engine.fastest();
    private final Hmac hmac = new Hmac(engine);
    private final AesCmac aesCmac = new AesCmac(engine);
    private final MacKey macKey = new MacKey(engine, SecretBytes.owning(new byte[32]));
    private final EngineKey key = SecretKeys.owning(KeyType.SHA256_HMAC, new byte[32]);
    private final EngineKey aesKey = SecretKeys.owning(KeyType.AES, new byte[32]);
    private final SecretKeySpec plainKey = new SecretKeySpec(new byte[32], "HmacSHA256");
    private final byte[] data = new byte[32];

    @Benchmark
    public byte[] sign() {
        return hmac.sign(key, Algorithm.SHA256_HMAC, data);
    }

    @Benchmark
    public byte[] signWithMacKey() {
        return macKey.mac(data);
    }

    @Benchmark
    public byte[] signWithFreshMac() throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(plainKey);
        return mac.doFinal(data);
    }

    @Benchmark
    public byte[] signWithCmac() {
        return aesCmac.sign(aesKey, Algorithm.AES_CMAC, data);
    }
}
