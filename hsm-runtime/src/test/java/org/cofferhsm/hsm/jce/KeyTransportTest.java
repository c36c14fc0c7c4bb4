package org.cofferhsm.hsm.jce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.Usage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTransportTest {

    @RegisterExtension
    static final ModuleExtension COFFER = new ModuleExtension();

    private static KeyPair rsa;

    @BeforeAll
    static void makePair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", COFFER.provider());
        generator.initialize(2048);
        rsa = generator.generateKeyPair();
    }

    private static SecretKey generated(String algorithm) throws Exception {
        return KeyGenerator.getInstance(algorithm, COFFER.provider()).generateKey();
    }

    private static Cipher ours(String transformation, int mode, Key key) throws Exception {
        Cipher cipher = Cipher.getInstance(transformation, COFFER.provider());
        cipher.init(mode, key);
        return cipher;
    }

    private static byte[] mac(Key key) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256", COFFER.provider());
        mac.init(key);
        return mac.doFinal(new byte[] {1, 2, 3});
    }

    @ParameterizedTest
    @ValueSource(strings = {"AESWrap", "AESWrapPad", "AES/KW/NoPadding", "AES/KWP/NoPadding"})
    void wrapsAndUnwrapsSecretKeysUnderAes(String transformation) throws Exception {
        SecretKey kek = generated("AESWrap");
        SecretKey payload = generated("HmacSHA256");
        byte[] wrapped = ours(transformation, Cipher.WRAP_MODE, kek).wrap(payload);
        Key unwrapped = ours(transformation, Cipher.UNWRAP_MODE, kek).unwrap(wrapped, "HmacSHA256", Cipher.SECRET_KEY);

        assertThat(unwrapped).isInstanceOf(CofferSecretKey.class).isNotEqualTo(payload);
        assertThat(mac(unwrapped)).isEqualTo(mac(payload));
        wrapped[3] ^= 1;
        assertThatThrownBy(() ->
                        ours(transformation, Cipher.UNWRAP_MODE, kek).unwrap(wrapped, "HmacSHA256", Cipher.SECRET_KEY))
                .isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void wrapsAndUnwrapsPrivateKeys() throws Exception {
        SecretKey kek = generated("AESWrap");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", COFFER.provider());
        generator.initialize(new CofferKeyPairSpec(KeyPairTemplate.ec(Curve.P256)
                .allowing(Usage.SIGN, Usage.VERIFY)
                .extractable()
                .forSession()));
        KeyPair pair = generator.generateKeyPair();
        byte[] wrapped = ours("AESWrapPad", Cipher.WRAP_MODE, kek).wrap(pair.getPrivate());
        PrivateKey unwrapped =
                (PrivateKey) ours("AESWrapPad", Cipher.UNWRAP_MODE, kek).unwrap(wrapped, "EC", Cipher.PRIVATE_KEY);

        Signature signer = Signature.getInstance("SHA256withECDSA", COFFER.provider());
        signer.initSign(unwrapped);
        Signature verifier = Signature.getInstance("SHA256withECDSA", "SunEC");
        verifier.initVerify(pair.getPublic());
        assertThat(verifier.verify(signer.sign())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA/ECB/OAEPWithSHA-256AndMGF1Padding", "RSAAESWrap/ECB/OAEPWithSHA-256AndMGF1Padding"})
    void wrapsAndUnwrapsUnderRsa(String transformation) throws Exception {
        SecretKey payload = generated("HmacSHA256");
        byte[] wrapped = ours(transformation, Cipher.WRAP_MODE, rsa.getPublic()).wrap(payload);
        Key unwrapped = ours(transformation, Cipher.UNWRAP_MODE, rsa.getPrivate())
                .unwrap(wrapped, "HmacSHA256", Cipher.SECRET_KEY);

        assertThat(mac(unwrapped)).isEqualTo(mac(payload));
    }

    /** The way in for keys made elsewhere: anybody can wrap under a public key of the module. */
    @Test
    void unwrapsWhatAnotherProviderWrapped() throws Exception {
        byte[] raw = new byte[32];
        raw[0] = 42;
        SecretKeySpec outside = new SecretKeySpec(raw, "HmacSHA256");
        Cipher jdk = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding", "SunJCE");
        jdk.init(Cipher.WRAP_MODE, rsa.getPublic());
        Key inside = ours("RSA/ECB/OAEPWithSHA-256AndMGF1Padding", Cipher.UNWRAP_MODE, rsa.getPrivate())
                .unwrap(jdk.wrap(outside), "HmacSHA256", Cipher.SECRET_KEY);

        Mac mac = Mac.getInstance("HmacSHA256", "SunJCE");
        mac.init(outside);
        assertThat(mac(inside)).isEqualTo(mac.doFinal(new byte[] {1, 2, 3}));
    }

    /** The way out for keys that may leave: under the public key of somebody else. */
    @Test
    void wrapsUnderAPublicKeyThatWasBroughtIn() throws Exception {
        KeyPair theirs = KeyPairGenerator.getInstance("RSA", "SunRsaSign").generateKeyPair();
        PublicKey brought =
                (PublicKey) KeyFactory.getInstance("RSA", COFFER.provider()).translateKey(theirs.getPublic());
        SecretKey payload = generated("HmacSHA256");
        byte[] wrapped = ours("RSA/ECB/OAEPWithSHA-256AndMGF1Padding", Cipher.WRAP_MODE, brought)
                .wrap(payload);

        Cipher jdk = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding", "SunJCE");
        jdk.init(Cipher.UNWRAP_MODE, theirs.getPrivate());
        Mac mac = Mac.getInstance("HmacSHA256", "SunJCE");
        mac.init(jdk.unwrap(wrapped, "HmacSHA256", Cipher.SECRET_KEY));
        assertThat(mac.doFinal(new byte[] {1, 2, 3})).isEqualTo(mac(payload));
    }

    @Test
    void wrapsUnderAesGcmWithAnIvOfItsOwnMaking() throws Exception {
        SecretKey kek = generated("AESWrap");
        SecretKey payload = generated("HmacSHA256");
        Cipher wrapping = ours("AES/GCM/NoPadding", Cipher.WRAP_MODE, kek);
        byte[] wrapped = wrapping.wrap(payload);
        assertThatThrownBy(() -> wrapping.wrap(payload)).isInstanceOf(IllegalStateException.class);

        Cipher unwrapping = Cipher.getInstance("AES/GCM/NoPadding", COFFER.provider());
        unwrapping.init(Cipher.UNWRAP_MODE, kek, wrapping.getParameters());
        assertThat(mac(unwrapping.unwrap(wrapped, "HmacSHA256", Cipher.SECRET_KEY)))
                .isEqualTo(mac(payload));
    }

    @Test
    void unwrapsIntoTheTemplateThatTheProgramGives() throws Exception {
        SecretKey kek = generated("AESWrap");
        Cipher wrapping = ours("AES/GCM/NoPadding", Cipher.WRAP_MODE, kek);
        byte[] wrapped = wrapping.wrap(generated("AES"));
        CofferKeySpec spec = new CofferKeySpec(
                KeyTemplate.secret(KeyType.AES).labelled("arrived").allowing(Usage.DECRYPT),
                Optional.of(wrapping.getParameters().getParameterSpec(GCMParameterSpec.class)));
        Cipher unwrapping = Cipher.getInstance("AES/GCM/NoPadding", COFFER.provider());
        unwrapping.init(Cipher.UNWRAP_MODE, kek, spec);
        CofferKey arrived = (CofferKey) unwrapping.unwrap(wrapped, "AES", Cipher.SECRET_KEY);

        assertThat(arrived.label()).isEqualTo("arrived");
        assertThat(COFFER.session().describe(arrived.keyId()).attributes().is(Attribute.TOKEN))
                .isTrue();
        assertThatThrownBy(() -> unwrapping.unwrap(wrapped, "HmacSHA256", Cipher.SECRET_KEY))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("template");
    }

    @Test
    void refusesToWrapKeysOfOthersAndKeysThatStay() throws Exception {
        Cipher wrapping = ours("AESWrapPad", Cipher.WRAP_MODE, generated("AESWrap"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", COFFER.provider());
        generator.initialize(new ECGenParameterSpec("secp256r1"));

        assertThatThrownBy(() -> wrapping.wrap(new SecretKeySpec(new byte[16], "AES")))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("not in the module");
        assertThatThrownBy(() -> wrapping.wrap(generator.generateKeyPair().getPrivate()))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("not extractable");
    }

    @Test
    void keepsDataKeysAndWrappingKeysApart() throws Exception {
        assertThatThrownBy(() -> ours("AESWrap", Cipher.WRAP_MODE, generated("AES")))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> ours("AES/GCM/NoPadding", Cipher.ENCRYPT_MODE, generated("AESWrap")))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> ours("AESWrap", Cipher.ENCRYPT_MODE, generated("AESWrap")))
                .isInstanceOf(InvalidKeyException.class);
    }
}
