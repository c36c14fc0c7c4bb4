package org.cofferhsm.hsm;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.ScratchDirectory;
import org.cofferhsm.hsm.testing.TestModule;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Token keys used through {@link Session}, policy and audit on, beside the bare engine that the module chose: {@code
 * getInstance}, initialise, one operation, as a program without the module would do it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SessionBenchmark {

    private static final String USER = "bench";

    private final byte[] digestSized = new byte[32];
    private final byte[] page = new byte[4096];
    private final SecureRandom random = new SecureRandom();

    private ScratchDirectory directory;
    private Hsm hsm;
    private Session session;
    private KeyId rsa;
    private KeyId p256;
    private KeyId aes;

    private Provider provider;
    private KeyPair bareRsa;
    private KeyPair bareP256;
    private SecretKey bareAes;

    @Setup
    public void open() throws IOException, GeneralSecurityException {
        directory = ScratchDirectory.create("coffer-benchmark");
        hsm = TestModule.create(directory.path().resolve("module"), USER).open();
        session = TestModule.login(hsm, USER);
        rsa = session.generate(KeyPairTemplate.rsa(2048).allowing(Usage.SIGN)).privateKey();
        p256 = session.generate(KeyPairTemplate.ec(Curve.P256).allowing(Usage.SIGN))
                .privateKey();
        aes = session.generate(KeyTemplate.aes(256).allowing(Usage.ENCRYPT));
        openBareEngine();
    }

    private void openBareEngine() throws GeneralSecurityException {
        provider = correttoOrDefault();
        KeyPairGenerator rsaPairs = KeyPairGenerator.getInstance("RSA", provider);
        rsaPairs.initialize(2048);
        bareRsa = rsaPairs.generateKeyPair();
        KeyPairGenerator ecPairs = KeyPairGenerator.getInstance("EC", provider);
        ecPairs.initialize(new ECGenParameterSpec("secp256r1"));
        bareP256 = ecPairs.generateKeyPair();
        bareAes = new SecretKeySpec(new byte[32], "AES");
    }

    /** The engine that the module uses for RSA and EC here. */
    private static Provider correttoOrDefault() throws GeneralSecurityException {
        try {
            return (Provider) Class.forName("com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider")
                    .getField("INSTANCE")
                    .get(null);
        } catch (ReflectiveOperationException e) {
            return Signature.getInstance("SHA256withRSA").getProvider();
        }
    }

    @TearDown
    public void close() throws IOException {
        session.close();
        hsm.close();
        directory.close();
    }

    @Benchmark
    public byte[] rsa2048SignSession() {
        return session.sign(rsa, Algorithm.SHA256_RSA_PKCS, digestSized);
    }

    @Benchmark
    public byte[] rsa2048SignBare() throws GeneralSecurityException {
        return sign("SHA256withRSA", bareRsa);
    }

    @Benchmark
    public byte[] p256SignSession() {
        return session.sign(p256, Algorithm.ECDSA_SHA256, digestSized);
    }

    @Benchmark
    public byte[] p256SignBare() throws GeneralSecurityException {
        return sign("SHA256withECDSA", bareP256);
    }

    private byte[] sign(String algorithm, KeyPair pair) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm, provider);
        signature.initSign(pair.getPrivate());
        signature.update(digestSized);
        return signature.sign();
    }

    @Benchmark
    public byte[] gcm4kEncryptSession() {
        return session.encrypt(aes, Algorithm.AES_GCM, page);
    }

    @Benchmark
    public byte[] gcm4kEncryptBare() throws GeneralSecurityException {
        byte[] iv = new byte[12];
        random.nextBytes(iv);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, bareAes, new GCMParameterSpec(128, iv));
        return cipher.doFinal(page);
    }

    /** What policy and audit cost by themselves: a use whose cryptography is next to nothing. */
    @Benchmark
    public byte[] gcm16EncryptSession() {
        return session.encrypt(aes, Algorithm.AES_GCM, SIXTEEN);
    }

    private static final byte[] SIXTEEN = new byte[16];
}
