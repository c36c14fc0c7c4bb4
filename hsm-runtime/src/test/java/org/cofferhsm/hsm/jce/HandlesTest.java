package org.cofferhsm.hsm.jce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.security.auth.DestroyFailedException;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlesTest {

    @RegisterExtension
    static final ModuleExtension COFFER = new ModuleExtension();

    private static KeyPair pair(String algorithm) throws Exception {
        return KeyPairGenerator.getInstance(algorithm, COFFER.provider()).generateKeyPair();
    }

    /** Pitfall 4. */
    @Test
    void tellsTheModulusOfAnRsaPrivateKey() throws Exception {
        KeyPair pair = pair("RSA");

        assertThat(((RSAKey) pair.getPrivate()).getModulus().bitLength()).isEqualTo(3072);
        assertThat(((RSAKey) pair.getPrivate()).getModulus()).isEqualTo(((RSAPublicKey) pair.getPublic()).getModulus());
    }

    /** Pitfall 4. */
    @Test
    void tellsTheCurveOfAnEcPrivateKeyAsTheJdkKnowsIt() throws Exception {
        ECParameterSpec jdk = ((ECPublicKey) KeyPairGenerator.getInstance("EC", "SunEC")
                        .generateKeyPair()
                        .getPublic())
                .getParams();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", COFFER.provider());
        generator.initialize(jdk);

        assertThat(((ECKey) generator.generateKeyPair().getPrivate())
                        .getParams()
                        .getCurve())
                .isEqualTo(jdk.getCurve());
    }

    /** Pitfall 5: from JDK 22 on, two interfaces bring conflicting defaults; the call must be ours on every JDK. */
    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519", "X25519", "ML-DSA-44"})
    void answersGetParamsWithoutConflictOnEveryJdk(String algorithm) throws Exception {
        KeyPair pair = pair(algorithm);

        for (Object key : new Object[] {pair.getPrivate(), pair.getPublic()}) {
            for (Class<?> type : key.getClass().getInterfaces()) {
                for (Method method : type.getMethods()) {
                    if (method.getName().equals("getParams")) {
                        method.invoke(key); // IncompatibleClassChangeError without our own getParams
                    }
                }
            }
        }
        if (Runtime.version().feature() >= 22) {
            Method asymmetric = Class.forName("java.security.AsymmetricKey").getMethod("getParams");
            boolean hasNone = algorithm.equals("RSA") || algorithm.startsWith("ML");
            assertThat(asymmetric.invoke(pair.getPrivate()) == null).isEqualTo(hasNone);
            assertThat(asymmetric.invoke(pair.getPublic()) == null).isEqualTo(hasNone);
        }
    }

    /** Pitfall 6. */
    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519", "X25519", "ML-DSA-44", "ML-KEM-512"})
    void hasNeitherFormatNorEncodingForPrivateKeys(String algorithm) throws Exception {
        PrivateKey key = pair(algorithm).getPrivate();

        assertThat(key.getFormat()).isNull();
        assertThat(key.getEncoded()).isNull();
    }

    @Test
    void hasNeitherFormatNorEncodingForSecretKeys() throws Exception {
        SecretKey key = KeyGenerator.getInstance("AES", COFFER.provider()).generateKey();

        assertThat(key.getFormat()).isNull();
        assertThat(key.getEncoded()).isNull();
        assertThat(key.toString()).contains(((CofferKey) key).keyId().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519", "X25519"})
    void encodesPublicKeysAsTheJdkReadsThem(String algorithm) throws Exception {
        PublicKey key = pair(algorithm).getPublic();

        PublicKey jdk = KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(key.getEncoded()));
        assertThat(key).isEqualTo(jdk);
        assertThat(jdk).isEqualTo(key);
        if (key instanceof ECPublicKey ec) {
            assertThat(ec.getW()).isEqualTo(((ECPublicKey) jdk).getW());
        }
        if (key instanceof EdECPublicKey ed) {
            assertThat(ed.getPoint().getY())
                    .isEqualTo(((EdECPublicKey) jdk).getPoint().getY());
            assertThat(ed.getPoint().isXOdd())
                    .isEqualTo(((EdECPublicKey) jdk).getPoint().isXOdd());
        }
        if (key instanceof XECPublicKey x) {
            assertThat(x.getU()).isEqualTo(((XECPublicKey) jdk).getU());
        }
    }

    @Test
    void keepsTheBytesOfEdwardsAndMontgomeryKeys() throws Exception {
        assertThat(((EdECPrivateKey) pair("Ed25519").getPrivate()).getBytes()).isEmpty();
        assertThat(((XECPrivateKey) pair("X25519").getPrivate()).getScalar()).isEmpty();
    }

    /** Pitfall 11. */
    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519", "X25519", "ML-DSA-44"})
    void refusesToSerializePrivateKeys(String algorithm) throws Exception {
        PrivateKey key = pair(algorithm).getPrivate();

        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(key))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("stays in the module");
    }

    /** Pitfall 11. */
    @Test
    void refusesToSerializeSecretKeys() throws Exception {
        SecretKey key = KeyGenerator.getInstance("AES", COFFER.provider()).generateKey();

        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(key))
                .isInstanceOf(NotSerializableException.class);
    }

    @Test
    void serializesPublicKeysAsOrdinaryOnes() throws Exception {
        PublicKey key = pair("EC").getPublic();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(key);

        Object read = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        assertThat(read).isNotInstanceOf(CofferKey.class).isEqualTo(key);
    }

    /** Pitfall 11. */
    @Test
    void equalsByModuleAndHandle() throws Exception {
        KeyHandles handles = new KeyHandles(COFFER.provider().connection());
        PrivateKey first = pair("EC").getPrivate();
        PrivateKey again = handles.privateKey(((CofferKey) first).keyId());
        PrivateKey otherProvider = new KeyHandles(
                        CofferProvider.of(COFFER.session()).connection())
                .privateKey(((CofferKey) first).keyId());

        assertThat(again).isEqualTo(first).hasSameHashCodeAs(first);
        assertThat(pair("EC").getPrivate()).isNotEqualTo(first);
        assertThat(otherProvider).isNotEqualTo(first);
    }

    @Test
    void destroysSessionKeys() throws Exception {
        SecretKey key = KeyGenerator.getInstance("AES", COFFER.provider()).generateKey();
        key.destroy();

        assertThatThrownBy(() -> COFFER.session().describe(((CofferKey) key).keyId()))
                .isInstanceOfSatisfying(
                        HsmException.class, e -> assertThat(e.reason()).isEqualTo(Reason.KEY_NOT_FOUND));
    }

    @Test
    void leavesTokenKeysWhenAHandleIsDestroyed() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", COFFER.provider());
        generator.initialize(new CofferKeyPairSpec(
                KeyPairTemplate.rsa(2048).labelled("lasting").allowing(Usage.SIGN, Usage.VERIFY)));
        PrivateKey key = generator.generateKeyPair().getPrivate();

        assertThatThrownBy(key::destroy).isInstanceOf(DestroyFailedException.class);
        assertThat(COFFER.session().describe(((CofferKey) key).keyId()).label()).isEqualTo("lasting");
    }

    @Test
    void refusesNoKeyAsAWrongOne() throws Exception {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", COFFER.provider());
        Mac mac = Mac.getInstance("HmacSHA256", COFFER.provider());
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", COFFER.provider());

        assertThatThrownBy(() -> cipher.init(Cipher.ENCRYPT_MODE, (SecretKey) null))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> mac.init(null)).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> agreement.init(null)).isInstanceOf(InvalidKeyException.class);
    }
}
