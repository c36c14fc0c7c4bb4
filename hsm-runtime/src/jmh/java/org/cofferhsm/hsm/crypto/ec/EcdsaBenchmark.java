package org.cofferhsm.hsm.crypto.ec;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.util.concurrent.TimeUnit;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.KeyCodec;
import org.cofferhsm.hsm.crypto.Mechanisms;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Curve;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** P-256 signatures through the mechanism, beside the bare engine with its own key object: getInstance, init, update, sign. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EcdsaBenchmark {

    private final Engine engine = Engine.fastest();
    private final Mechanisms mechanisms = Mechanisms.standard(engine);
    private final Provider provider = engine.signature("SHA256withECDSA").getProvider();
    private final byte[] data = new byte[32];
    private final EngineKeyPair pair = new EcKeyPairs(engine)
            .generatePair(
                    Algorithm.of(MechanismType.EC_KEY_PAIR_GEN),
                    KeyPairTemplate.ec(Curve.P256).publicKey());
    private final EngineKey key = throughItsEncoding(pair.privateKey());
    private final byte[] signature = hashAndSign();

    /** As a key from the store. */
    private EngineKey throughItsEncoding(EngineKey made) {
        KeyCodec codec = KeyCodec.standard(engine);
        return codec.decode(ObjectClass.PRIVATE_KEY, KeyType.EC, codec.encode(made));
    }

    @Benchmark
    public byte[] hashAndSign() {
        return sign(Algorithm.ECDSA_SHA256);
    }

    @Benchmark
    public byte[] signDigest() {
        return sign(Algorithm.ECDSA);
    }

    private byte[] sign(Algorithm algorithm) {
        return mechanisms.ready(algorithm, Operation.SIGN, key).sign(key, algorithm, data);
    }

    @Benchmark
    public boolean verify() {
        EngineKey publicKey = pair.publicKey();
        return mechanisms
                .ready(Algorithm.ECDSA_SHA256, Operation.VERIFY, publicKey)
                .verify(publicKey, Algorithm.ECDSA_SHA256, data, signature);
    }

    /** The baseline. */
    @Benchmark
    public byte[] hashAndSignWithBareEngine() throws GeneralSecurityException {
        Signature bare = Signature.getInstance("SHA256withECDSA", provider);
        bare.initSign((PrivateKey) key.jca());
        bare.update(data);
        return bare.sign();
    }
}
