package org.cofferhsm.tde;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.cofferhsm.hsm.Hsm;
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
 * Wrapping and unwrapping an AES-256 tablespace key through {@link TdeKeystore}, policy and audit on, beside the bare AES
 * engine: AES-256-GCM of the JDK with the same authenticated header, {@code getInstance}, initialise, one operation. A
 * program that keeps its cipher does without the first of these: the second bare pair.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TdeKeystoreBenchmark {

    private static final String USER = "bench";
    private static final String GCM = "AES/GCM/NoPadding";
    private static final int IV_BYTES = 12;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey bareMaster = new SecretKeySpec(new byte[32], "AES");
    private final byte[] bareKey = new byte[32];
    private final byte[] iv = new byte[IV_BYTES];

    private ScratchDirectory directory;
    private Hsm hsm;
    private Session session;
    private TdeKeystore keystore;
    private TdeKeystore pluggable;
    private TablespaceKey key;
    private WrappedTablespaceKey wrapped;
    private byte[] header;
    private byte[] bareSealed;
    private Cipher kept;

    @Setup
    public void open() throws IOException, GeneralSecurityException {
        directory = ScratchDirectory.create("coffer-benchmark");
        hsm = TestModule.create(directory.path().resolve("module"), USER).open();
        session = TestModule.login(hsm, USER);
        keystore = new TdeKeystore(session);
        for (int rotation = 0; rotation < 20; rotation++) {
            keystore.setKey("rotation " + rotation);
        }
        pluggable = new TdeKeystore(session, Container.united("HRPDB"));
        pluggable.setKey("hr");
        key = keystore.generate(TablespaceAlgorithm.AES256);
        wrapped = keystore.wrap(key);
        header = WrappedTablespaceKey.header(wrapped.masterKey(), wrapped.algorithm())
                .toByteArray();
        kept = Cipher.getInstance(GCM);
        bareSealed = wrapBare();
    }

    @TearDown
    public void close() throws IOException {
        key.close();
        session.close();
        hsm.close();
        directory.close();
    }

    @Benchmark
    public WrappedTablespaceKey wrapKeystore() {
        return keystore.wrap(key);
    }

    @Benchmark
    public WrappedTablespaceKey wrapKeystoreOfPluggable() {
        return pluggable.wrap(key);
    }

    @Benchmark
    public void unwrapKeystore() {
        keystore.unwrap(wrapped).close();
    }

    @Benchmark
    public byte[] wrapBare() throws GeneralSecurityException {
        return wrap(Cipher.getInstance(GCM));
    }

    @Benchmark
    public byte[] wrapBareKeptCipher() throws GeneralSecurityException {
        return wrap(kept);
    }

    private byte[] wrap(Cipher cipher) throws GeneralSecurityException {
        random.nextBytes(iv);
        cipher.init(Cipher.ENCRYPT_MODE, bareMaster, new GCMParameterSpec(128, iv));
        cipher.updateAAD(header);
        return cipher.doFinal(bareKey);
    }

    @Benchmark
    public byte[] unwrapBare() throws GeneralSecurityException {
        return unwrap(Cipher.getInstance(GCM));
    }

    @Benchmark
    public byte[] unwrapBareKeptCipher() throws GeneralSecurityException {
        return unwrap(kept);
    }

    private byte[] unwrap(Cipher cipher) throws GeneralSecurityException {
        cipher.init(Cipher.DECRYPT_MODE, bareMaster, new GCMParameterSpec(128, iv));
        cipher.updateAAD(header);
        return cipher.doFinal(bareSealed);
    }
}
