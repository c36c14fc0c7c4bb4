package org.cofferhsm.hsm.jce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Usage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CofferSignatureTest {

    private static final byte[] DATA = "the data".getBytes(UTF_8);

    @RegisterExtension
    static final ModuleExtension COFFER = new ModuleExtension();

    private static KeyPair rsa;
    private static KeyPair ec;

    @BeforeAll
    static void makeKeys() throws Exception {
        rsa = rsa(2048);
        ec = ec("secp256r1");
    }

    private static KeyPair rsa(int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", COFFER.provider());
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static KeyPair ec(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", COFFER.provider());
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static Signature ours(String algorithm) throws Exception {
        return Signature.getInstance(algorithm, COFFER.provider());
    }

    private static byte[] sign(String algorithm, PrivateKey key) throws Exception {
        Signature signer = ours(algorithm);
        signer.initSign(key);
        signer.update(DATA);
        return signer.sign();
    }

    private static boolean verifies(Signature verifier, KeyPair pair, byte[] data, byte[] signature) throws Exception {
        verifier.initVerify(pair.getPublic());
        verifier.update(data);
        return verifier.verify(signature);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA1withRSA", "SHA224withRSA", "SHA256withRSA", "SHA384withRSA", "SHA512withRSA"})
    void signsPkcs1AsTheJdkVerifies(String algorithm) throws Exception {
        byte[] signature = sign(algorithm, rsa.getPrivate());

        assertThat(verifies(Signature.getInstance(algorithm, "SunRsaSign"), rsa, DATA, signature))
                .isTrue();
        assertThat(verifies(ours(algorithm), rsa, DATA, signature)).isTrue();
        assertThat(verifies(ours(algorithm), rsa, new byte[] {1}, signature)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SHA1withECDSA",
                "SHA224withECDSA",
                "SHA256withECDSA",
                "SHA384withECDSA",
                "SHA512withECDSA",
                "SHA256withECDSAinP1363Format",
                "SHA512withECDSAinP1363Format"
            })
    void signsEcdsaAsTheJdkVerifies(String algorithm) throws Exception {
        byte[] signature = sign(algorithm, ec.getPrivate());

        assertThat(verifies(Signature.getInstance(algorithm, "SunEC"), ec, DATA, signature))
                .isTrue();
        assertThat(verifies(ours(algorithm), ec, DATA, signature)).isTrue();
        assertThat(verifies(ours(algorithm), ec, new byte[] {1}, signature)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp384r1", "secp521r1", "secp256k1"})
    void signsOnTheOtherCurvesAsBouncyCastleVerifies(String curve) throws Exception {
        KeyPair pair = ec(curve);

        for (int i = 0; i < 8; i++) { // the lengths of r and s vary
            byte[] signature = sign("SHA256withECDSA", pair.getPrivate());
            assertThat(verifies(
                            Signature.getInstance("SHA256withECDSA", new BouncyCastleProvider()),
                            pair,
                            DATA,
                            signature))
                    .isTrue();
            assertThat(verifies(ours("SHA256withECDSA"), pair, DATA, signature)).isTrue();
        }
    }

    @Test
    void signsDigestsThatTheCallerMade() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(DATA);
        Signature raw = ours("NONEwithECDSA");
        raw.initSign(ec.getPrivate());
        raw.update(digest);

        assertThat(verifies(Signature.getInstance("SHA256withECDSA", "SunEC"), ec, DATA, raw.sign()))
                .isTrue();
    }

    @Test
    void signsDigestInfosThatTheCallerMade() throws Exception {
        byte[] prefix = HexFormat.of().parseHex("3031300d060960864801650304020105000420"); // RFC 8017 §9.2 note 1
        Signature raw = ours("NONEwithRSA");
        raw.initSign(rsa.getPrivate());
        raw.update(prefix);
        raw.update(MessageDigest.getInstance("SHA-256").digest(DATA));

        assertThat(verifies(Signature.getInstance("SHA256withRSA"), rsa, DATA, raw.sign()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA256withRSA/PSS", "SHA256withRSAandMGF1", "SHA256withRSASSA-PSS", "SHA256WithRSA/PSS"})
    void knowsAllSpellingsOfPss(String algorithm) throws Exception {
        Signature jdk = Signature.getInstance("RSASSA-PSS", "SunRsaSign");
        jdk.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));

        assertThat(verifies(jdk, rsa, DATA, sign(algorithm, rsa.getPrivate()))).isTrue();
    }

    /** Pitfall 7. */
    @Test
    void takesPssParametersBeforeInitAndTellsThem() throws Exception {
        PSSParameterSpec spec = new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1);
        Signature signer = ours("RSASSA-PSS");
        signer.setParameter(spec);
        signer.initSign(rsa.getPrivate());
        signer.update(DATA);
        byte[] signature = signer.sign();

        PSSParameterSpec told = signer.getParameters().getParameterSpec(PSSParameterSpec.class);
        assertThat(told.getDigestAlgorithm()).isEqualTo("SHA-384");
        assertThat(told.getSaltLength()).isEqualTo(48);
        Signature jdk = Signature.getInstance("RSASSA-PSS", "SunRsaSign");
        jdk.setParameter(spec);
        assertThat(verifies(jdk, rsa, DATA, signature)).isTrue();
    }

    @Test
    void takesPssParametersAfterInitButNotAmidTheData() throws Exception {
        PSSParameterSpec spec = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 20, 1);
        Signature signer = ours("RSASSA-PSS");
        signer.initSign(rsa.getPrivate());
        assertThatThrownBy(() -> signer.update(DATA)).isInstanceOf(SignatureException.class);
        signer.setParameter(spec);
        signer.update(DATA);

        assertThatThrownBy(() -> signer.setParameter(spec)).isInstanceOf(InvalidAlgorithmParameterException.class);
        Signature jdk = Signature.getInstance("RSASSA-PSS", "SunRsaSign");
        jdk.setParameter(spec);
        assertThat(verifies(jdk, rsa, DATA, signer.sign())).isTrue();
    }

    @Test
    void refusesPssParametersOfAnotherHashThanTheNames() throws Exception {
        Signature signer = ours("SHA256withRSA/PSS");

        assertThatThrownBy(() -> signer.setParameter(PSSParameterSpec.DEFAULT))
                .isInstanceOf(InvalidAlgorithmParameterException.class)
                .hasMessageContaining("SHA-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "EdDSA"})
    void signsEd25519AsTheJdkVerifies(String algorithm) throws Exception {
        KeyPair pair =
                KeyPairGenerator.getInstance(algorithm, COFFER.provider()).generateKeyPair();
        byte[] signature = sign(algorithm, pair.getPrivate());

        assertThat(verifies(Signature.getInstance("Ed25519", "SunEC"), pair, DATA, signature))
                .isTrue();
        assertThat(verifies(ours(algorithm), pair, DATA, signature)).isTrue();
    }

    @Test
    void signsMlDsaAsBouncyCastleVerifies() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("ML-DSA", COFFER.provider());
        generator.initialize(new NamedParameterSpec("ML-DSA-44"));
        KeyPair pair = generator.generateKeyPair();
        byte[] signature = sign("ML-DSA", pair.getPrivate());

        assertThat(verifies(ours("ML-DSA-44"), pair, DATA, signature)).isTrue();
        assertThat(verifies(Signature.getInstance("ML-DSA", new BouncyCastleProvider()), pair, DATA, signature))
                .isTrue();
        assertThatThrownBy(() -> ours("ML-DSA-65").initSign(pair.getPrivate())).isInstanceOf(InvalidKeyException.class);
    }

    /** Pitfall 9: what the JDK's tools choose without being asked. */
    @ParameterizedTest
    @ValueSource(strings = {"SHA256withECDSA", "SHA384withECDSA"})
    void signsWithTheDefaultsOfAllJdksOnP256(String algorithm) throws Exception {
        assertThat(verifies(Signature.getInstance(algorithm), ec, DATA, sign(algorithm, ec.getPrivate())))
                .isTrue();
    }

    @Test
    void signsAgainWithTheSameKeyWithoutInit() throws Exception {
        Signature signer = ours("SHA256withRSA");
        signer.initSign(rsa.getPrivate());
        signer.update(DATA);
        byte[] first = signer.sign();
        signer.update(DATA);

        assertThat(signer.sign()).isEqualTo(first);
    }

    @Test
    void forgetsDataWhenInitializedAgain() throws Exception {
        Signature signer = ours("SHA256withRSA");
        signer.initSign(rsa.getPrivate());
        signer.update(new byte[] {1, 2, 3});
        signer.initSign(rsa.getPrivate());
        signer.update(DATA);

        assertThat(signer.sign()).isEqualTo(sign("SHA256withRSA", rsa.getPrivate()));
    }

    @Test
    void leavesKeysOfOthersToOthers() throws Exception {
        KeyPair software = KeyPairGenerator.getInstance("RSA", "SunRsaSign").generateKeyPair();

        assertThatThrownBy(() -> ours("SHA256withRSA").initSign(software.getPrivate()))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("not in the module");
        assertThatThrownBy(() -> ours("SHA256withRSA").initVerify(software.getPublic()))
                .isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void refusesKeysOfAnotherTypeAtInit() throws Exception {
        assertThatThrownBy(() -> ours("SHA256withRSA").initSign(ec.getPrivate()))
                .isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void refusesKeysThatMayNotSignAtInit() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", COFFER.provider());
        generator.initialize(new CofferKeyPairSpec(
                KeyPairTemplate.rsa(2048).allowing(Usage.DECRYPT, Usage.ENCRYPT).forSession()));
        PrivateKey key = generator.generateKeyPair().getPrivate();

        assertThatThrownBy(() -> ours("SHA256withRSA").initSign(key))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("sign");
    }

    @Test
    void refusesMechanismsThatTheKeyForbidsAtInit() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", COFFER.provider());
        generator.initialize(new CofferKeyPairSpec(KeyPairTemplate.rsa(2048)
                .allowing(Usage.SIGN, Usage.VERIFY)
                .withPrivate(Attribute.ALLOWED_MECHANISMS, Set.of(MechanismType.SHA256_RSA_PKCS_PSS))
                .forSession()));
        PrivateKey key = generator.generateKeyPair().getPrivate();

        assertThatThrownBy(() -> ours("SHA256withRSA").initSign(key)).isInstanceOf(InvalidKeyException.class);
        assertThat(sign("SHA256withRSA/PSS", key)).hasSize(256);
    }

    @Test
    void saysThatASignatureIsMalformed() throws Exception {
        byte[] signature = sign("SHA256withECDSA", ec.getPrivate());

        assertThatThrownBy(() ->
                        verifies(ours("SHA256withECDSA"), ec, DATA, Arrays.copyOf(signature, signature.length - 1)))
                .isInstanceOf(SignatureException.class);
        assertThatThrownBy(() ->
                        verifies(ours("SHA256withECDSA"), ec, DATA, Arrays.copyOf(signature, signature.length + 1)))
                .isInstanceOf(SignatureException.class);
    }

    @Test
    void signsInSixteenThreadsAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Boolean>> tasks = IntStream.range(0, 160)
                    .<Callable<Boolean>>mapToObj(number -> () -> {
                        KeyPair pair = number % 2 == 0 ? rsa : ec;
                        String algorithm = number % 2 == 0 ? "SHA256withRSA" : "SHA256withECDSA";
                        byte[] data = ("message " + number).getBytes(UTF_8);
                        Signature signer = ours(algorithm);
                        signer.initSign(pair.getPrivate());
                        signer.update(data);
                        return verifies(Signature.getInstance(algorithm), pair, data, signer.sign());
                    })
                    .toList();
            for (Future<Boolean> result : threads.invokeAll(tasks)) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
