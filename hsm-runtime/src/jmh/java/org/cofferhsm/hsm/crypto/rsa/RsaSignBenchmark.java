package org.cofferhsm.hsm.crypto.rsa;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.util.concurrent.TimeUnit;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.KeyCodec;
import org.cofferhsm.hsm.crypto.Mechanisms;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
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

/** RSA signatures through the mechanism, beside the bare engine with its own key object: getInstance, init, update, sign. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RsaSignBenchmark {

    private static final Algorithm PSS_ON_DIGEST = Algorithm.rsaPss(MechanismType.RSA_PKCS_PSS, Hash.SHA256);

    @Param({"2048", "3072"})
    public int bits;

    private final Engine engine = Engine.fastest();
    private final Mechanisms mechanisms = Mechanisms.standard(engine);
    private final Provider provider = engine.signature("SHA256withRSA").getProvider();
    private final byte[] data = new byte[32];
    private EngineKey key = new KnownRsaKey(engine).privateKey();

    /** The key goes through its encoding, as one from the store does. */
    @Setup
    public void prepare() {
        KeyCodec codec = KeyCodec.standard(engine);
        EngineKey made = new RsaKeyPairs(engine)
                .generatePair(
                        Algorithm.of(MechanismType.RSA_PKCS_KEY_PAIR_GEN),
                        KeyPairTemplate.rsa(bits).publicKey())
                .privateKey();
        key = codec.decode(ObjectClass.PRIVATE_KEY, KeyType.RSA, codec.encode(made));
    }

    @Benchmark
    public byte[] pkcs1() {
        return sign(Algorithm.SHA256_RSA_PKCS);
    }

    @Benchmark
    public byte[] pss() {
        return sign(Algorithm.SHA256_RSA_PSS);
    }

    @Benchmark
    public byte[] pssOnDigest() {
        return sign(PSS_ON_DIGEST);
    }

    private byte[] sign(Algorithm algorithm) {
        return mechanisms.ready(algorithm, Operation.SIGN, key).sign(key, algorithm, data);
    }

    /** The baseline. */
    @Benchmark
    public byte[] pkcs1WithBareEngine() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA", provider);
        signature.initSign((PrivateKey) key.jca());
        signature.update(data);
        return signature.sign();
    }
}
