package org.cofferhsm.hsm.jce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HashSet;
import java.util.Set;
import javax.crypto.KeyAgreement;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Generators, agreements, factories, MACs and random numbers. */
class KeyMakingTest {

    @RegisterExtension
    static final ModuleExtension COFFER = new ModuleExtension();

    private static Attributes attributes(Object key) {
        return COFFER.session().describe(((CofferKey) key).keyId()).attributes();
    }

    private static KeyPairGenerator pairs(String algorithm) throws Exception {
        return KeyPairGenerator.getInstance(algorithm, COFFER.provider());
    }

    private static KeyGenerator keys(String algorithm) throws Exception {
        return KeyGenerator.getInstance(algorithm, COFFER.provider());
    }

    @Test
    void makesSessionKeysThatMayDoEverythingUnlessTold() throws Exception {
        Attributes pair = attributes(pairs("RSA").generateKeyPair().getPrivate());
        Attributes secret = attributes(keys("AES").generateKey());

        assertThat(pair.is(Attribute.TOKEN)).isFalse();
        assertThat(pair.is(Attribute.SIGN) && pair.is(Attribute.DECRYPT) && pair.is(Attribute.UNWRAP))
                .isTrue();
        assertThat(pair.is(Attribute.EXTRACTABLE)).isFalse();
        assertThat(secret.is(Attribute.TOKEN)).isFalse();
        assertThat(secret.is(Attribute.SENSITIVE) && secret.is(Attribute.EXTRACTABLE))
                .isTrue();
        assertThat(secret.get(Attribute.VALUE_LENGTH)).isEqualTo(32);
    }

    @Test
    void makesWhatTheTemplateSays() throws Exception {
        KeyPairGenerator generator = pairs("EC");
        generator.initialize(new CofferKeyPairSpec(
                KeyPairTemplate.ec(Curve.P384).labelled("payroll").allowing(Usage.SIGN, Usage.VERIFY)));
        Attributes made = attributes(generator.generateKeyPair().getPrivate());

        assertThat(made.is(Attribute.TOKEN)).isTrue();
        assertThat(made.get(Attribute.LABEL)).isEqualTo("payroll");
        assertThat(made.get(Attribute.CURVE)).isEqualTo(Curve.P384);
        assertThat(made.get(Attribute.ID).length()).isEqualTo(20);
        assertThatThrownBy(() -> pairs("RSA").initialize(new CofferKeyPairSpec(KeyPairTemplate.ec(Curve.P256))))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(() -> keys("AES").init(new CofferKeySpec(KeyTemplate.genericSecret(256))))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
    }

    /** Pitfall 3: keytool names curves by NamedParameterSpec, programs by ECGenParameterSpec. */
    @ParameterizedTest
    @CsvSource({
        "secp256r1, 256",
        "P-256, 256",
        "prime256v1, 256",
        "1.2.840.10045.3.1.7, 256",
        "secp384r1, 384",
        "secp521r1, 521",
        "secp256k1, 256"
    })
    void takesCurvesByEitherKindOfName(String name, int bits) throws Exception {
        KeyPairGenerator generator = pairs("EC");
        generator.initialize(new NamedParameterSpec(name), new SecureRandom());
        KeyPair one = generator.generateKeyPair();
        generator.initialize(new ECGenParameterSpec(name));
        KeyPair other = generator.generateKeyPair();

        for (KeyPair pair : new KeyPair[] {one, other}) {
            assertThat(((ECPublicKey) pair.getPublic())
                            .getParams()
                            .getCurve()
                            .getField()
                            .getFieldSize())
                    .isEqualTo(bits);
        }
    }

    @Test
    void takesSizesAndExponents() throws Exception {
        KeyPairGenerator rsa = pairs("RSA");
        rsa.initialize(new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
        RSAPublicKey key = (RSAPublicKey) rsa.generateKeyPair().getPublic();
        assertThat(key.getModulus().bitLength()).isEqualTo(2048);
        assertThat(key.getPublicExponent()).isEqualTo(BigInteger.valueOf(65537));

        KeyPairGenerator ec = pairs("EC");
        ec.initialize(384);
        assertThat(attributes(ec.generateKeyPair().getPrivate()).get(Attribute.CURVE))
                .isEqualTo(Curve.P384);
    }

    @Test
    void refusesSizesAndNamesThatItDoesNotHave() throws Exception {
        assertThatThrownBy(() -> pairs("RSA").initialize(1024)).isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> pairs("EC").initialize(100)).isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> pairs("EC").initialize(new NamedParameterSpec("X25519")))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(() -> pairs("EC").initialize(new ECGenParameterSpec("brainpoolP256r1")))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(() -> pairs("ML-DSA").initialize(new NamedParameterSpec("ML-KEM-512")))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(() -> keys("AES").init(100)).isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> keys("HmacSHA256").init(7)).isInstanceOf(InvalidParameterException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "HmacSHA1, HmacSHA1, 20",
        "HmacSHA224, GenericSecret, 28",
        "HmacSHA256, HmacSHA256, 32",
        "HmacSHA384, HmacSHA384, 48",
        "HmacSHA512, HmacSHA512, 64"
    })
    void computesHmacAsTheJdkDoes(String algorithm, String keyName, int bytes) throws Exception {
        KeyGenerator generator = keys(algorithm);
        SecretKey usual = generator.generateKey();
        assertThat(usual.getAlgorithm()).isEqualTo(keyName);
        generator.init(new CofferKeySpec(KeyTemplate.secret(attributes(usual).get(Attribute.KEY_TYPE))
                .with(Attribute.VALUE_LENGTH, 40L)
                .with(Attribute.SENSITIVE, false)
                .allowing(Usage.SIGN)
                .extractable()
                .forSession()));
        SecretKey readable = generator.generateKey();
        SecretKey same = new SecretKeySpec(COFFER.session().value(((CofferKey) readable).keyId()), algorithm);

        Mac ours = Mac.getInstance(algorithm, COFFER.provider());
        ours.init(readable);
        Mac jdk = Mac.getInstance(algorithm, "SunJCE");
        jdk.init(same);
        assertThat(ours.getMacLength()).isEqualTo(bytes);
        assertThat(ours.doFinal(new byte[1000])).isEqualTo(jdk.doFinal(new byte[1000]));
        ours.update((byte) 1);
        ours.reset();
        assertThat(ours.doFinal(new byte[3])).isEqualTo(jdk.doFinal(new byte[3]));
    }

    @Test
    void computesCmac() throws Exception {
        Mac mac = Mac.getInstance("AESCMAC", COFFER.provider());
        SecretKey key = keys("AES").generateKey();
        mac.init(key);
        byte[] first = mac.doFinal(new byte[] {1});

        assertThat(first).hasSize(16).isEqualTo(mac.doFinal(new byte[] {1}));
        assertThat(mac.doFinal(new byte[] {2})).isNotEqualTo(first);
        assertThatThrownBy(() -> mac.init(new SecretKeySpec(new byte[16], "AES")))
                .isInstanceOf(InvalidKeyException.class);
    }

    @ParameterizedTest
    @CsvSource({"EC, ECDH", "X25519, X25519", "XDH, XDH"})
    void agreesOnTheSameSecretAsTheJdk(String pairAlgorithm, String agreement) throws Exception {
        KeyPair mine = pairs(pairAlgorithm).generateKeyPair();
        KeyPairGenerator jdkPairs = KeyPairGenerator.getInstance(pairAlgorithm, "SunEC");
        if (pairAlgorithm.equals("EC")) {
            jdkPairs.initialize(new ECGenParameterSpec("secp256r1"));
        }
        KeyPair theirs = jdkPairs.generateKeyPair();
        KeyAgreement jdk = KeyAgreement.getInstance(agreement, "SunEC");
        jdk.init(theirs.getPrivate());
        jdk.doPhase(mine.getPublic(), true);
        byte[] expected = jdk.generateSecret();

        KeyAgreement ours = KeyAgreement.getInstance(agreement, COFFER.provider());
        ours.init(mine.getPrivate());
        ours.doPhase(theirs.getPublic(), true);
        assertThat(ours.generateSecret()).isEqualTo(expected);
        ours.doPhase(theirs.getPublic(), true);
        assertThat(ours.generateSecret("TlsPremasterSecret").getEncoded()).isEqualTo(expected);
        ours.doPhase(theirs.getPublic(), true);
        assertThatThrownBy(() -> ours.generateSecret(new byte[1], 0)).isInstanceOf(ShortBufferException.class);
        byte[] room = new byte[expected.length];
        assertThat(ours.generateSecret(room, 0)).isEqualTo(expected.length);
        assertThat(room).isEqualTo(expected);
        ours.doPhase(theirs.getPublic(), true);
        assertThat(ours.generateSecret("AES")).isInstanceOf(CofferSecretKey.class);
        assertThatThrownBy(ours::generateSecret).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void leavesNoReadableSecretBehindAfterAnAgreement() throws Exception {
        KeyPair mine = pairs("EC").generateKeyPair();
        KeyAgreement ours = KeyAgreement.getInstance("ECDH", COFFER.provider());
        ours.init(mine.getPrivate());
        ours.doPhase(pairs("EC").generateKeyPair().getPublic(), true);
        ours.generateSecret();

        assertThat(COFFER.session()
                        .find(Attributes.of(Attribute.SENSITIVE, false).with(Attribute.TOKEN, false))
                        .with(Attributes.of(Attribute.LOCAL, false))
                        .list())
                .isEmpty();
    }

    @Test
    void passesAnAgreementThroughX963sDerivation() throws Exception {
        KeyPair mine = pairs("EC").generateKeyPair();
        KeyPair theirs = pairs("EC").generateKeyPair();
        byte[][] secrets = new byte[2][];
        for (int side = 0; side < 2; side++) {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDHwithX963SHA256KDF", COFFER.provider());
            agreement.init((side == 0 ? mine : theirs).getPrivate());
            agreement.doPhase((side == 0 ? theirs : mine).getPublic(), true);
            Mac mac = Mac.getInstance("AESCMAC", COFFER.provider());
            mac.init(agreement.generateSecret("AES"));
            secrets[side] = mac.doFinal(new byte[1]);
        }
        assertThat(secrets[0]).isEqualTo(secrets[1]);
    }

    @Test
    void refusesPeersOnOtherCurves() throws Exception {
        KeyAgreement ours = KeyAgreement.getInstance("ECDH", COFFER.provider());
        ours.init(pairs("EC").generateKeyPair().getPrivate());
        KeyPairGenerator other = KeyPairGenerator.getInstance("EC", "SunEC");
        other.initialize(new ECGenParameterSpec("secp384r1"));

        assertThatThrownBy(() -> ours.doPhase(other.generateKeyPair().getPublic(), true))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> ours.doPhase(pairs("X25519").generateKeyPair().getPublic(), true))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> ours.init(pairs("RSA").generateKeyPair().getPrivate()))
                .isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void derivesByHkdfInsideTheModule() throws Exception {
        KeyGenerator bases = keys("GenericSecret");
        bases.init(new CofferKeySpec(KeyTemplate.genericSecret(256).allowing(Usage.DERIVE)));
        SecretKey base = bases.generateKey();
        SecretKeyFactory factory = SecretKeyFactory.getInstance("AES", COFFER.provider());
        CofferDerivationSpec spec = new CofferDerivationSpec(
                base,
                Algorithm.hkdf(Hash.SHA256, Octets.EMPTY, Octets.of((byte) 1)),
                KeyTemplate.aes(256).labelled("derived").allowing(Usage.ENCRYPT));

        assertThat(attributes(factory.generateSecret(spec)).get(Attribute.LABEL))
                .isEqualTo("derived");
        assertThat(factory.translateKey(base)).isSameAs(base);
    }

    @Test
    void importsNoKeyInTheClear() throws Exception {
        SecretKeySpec raw = new SecretKeySpec(new byte[32], "AES");
        SecretKeyFactory factory = SecretKeyFactory.getInstance("AES", COFFER.provider());

        assertThatThrownBy(() -> factory.generateSecret(raw))
                .isInstanceOf(InvalidKeySpecException.class)
                .hasMessageContaining("import only wrapped");
        assertThatThrownBy(() -> factory.translateKey(raw)).isInstanceOf(InvalidKeyException.class);
        KeyPair software = KeyPairGenerator.getInstance("RSA", "SunRsaSign").generateKeyPair();
        assertThatThrownBy(
                        () -> KeyFactory.getInstance("RSA", COFFER.provider()).translateKey(software.getPrivate()))
                .isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void givesAKeysBytesOnlyWhenTheyAreNoSecret() throws Exception {
        SecretKeyFactory factory = SecretKeyFactory.getInstance("AES", COFFER.provider());
        KeyGenerator generator = keys("AES");
        generator.init(new CofferKeySpec(KeyTemplate.aes(128)
                .with(Attribute.SENSITIVE, false)
                .extractable()
                .forSession()));

        SecretKeySpec read = (SecretKeySpec) factory.getKeySpec(generator.generateKey(), SecretKeySpec.class);
        assertThat(read.getEncoded()).hasSize(16);
        SecretKey secret = keys("AES").generateKey();
        assertThatThrownBy(() -> factory.getKeySpec(secret, SecretKeySpec.class))
                .isInstanceOf(InvalidKeySpecException.class);
    }

    @Test
    void tellsTheSpecsOfPublicKeys() throws Exception {
        KeyPair pair = pairs("RSA").generateKeyPair();
        KeyFactory factory = KeyFactory.getInstance("RSA", COFFER.provider());

        assertThat(factory.getKeySpec(pair.getPublic(), X509EncodedKeySpec.class)
                        .getEncoded())
                .isEqualTo(pair.getPublic().getEncoded());
        assertThat(factory.getKeySpec(pair.getPublic(), RSAPublicKeySpec.class).getModulus())
                .isEqualTo(((RSAPublicKey) pair.getPublic()).getModulus());
        assertThat(factory.translateKey(pair.getPublic())).isSameAs(pair.getPublic());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 32, (1 << 20) + 5})
    void givesRandomBytesOfTheModule(int count) throws Exception {
        SecureRandom random = SecureRandom.getInstance("Coffer", COFFER.provider());
        random.setSeed(new byte[] {1});
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);

        Set<Byte> last = new HashSet<>();
        for (int i = Math.max(0, count - 32); i < count; i++) {
            last.add(bytes[i]);
        }
        assertThat(last.size()).isGreaterThan(Math.min(count, 32) / 2);
        assertThat(random.generateSeed(8)).hasSize(8);
    }

    @Test
    void makesMlKemPairs() throws Exception {
        KeyPairGenerator generator = pairs("ML-KEM");
        generator.initialize(new NamedParameterSpec("ML-KEM-512"));
        KeyPair pair = generator.generateKeyPair();
        var made = COFFER.session()
                .encapsulate(
                        ((CofferKey) pair.getPublic()).keyId(),
                        Algorithm.ML_KEM,
                        KeyTemplate.aes(256).forSession());

        assertThat(pair.getPrivate().getAlgorithm()).isEqualTo("ML-KEM-512");
        assertThat(made.ciphertext().length()).isEqualTo(768);
    }
}
