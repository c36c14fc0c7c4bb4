package org.cofferhsm.hsm.jce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RsaCipherTest {

    private static final byte[] TEXT = "a short secret".getBytes(UTF_8);

    @RegisterExtension
    static final ModuleExtension COFFER = new ModuleExtension();

    private static KeyPair pair;
    private static PublicKey sameForTheJdk;

    @BeforeAll
    static void makePair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", COFFER.provider());
        generator.initialize(2048);
        pair = generator.generateKeyPair();
        sameForTheJdk = KeyFactory.getInstance("RSA", "SunRsaSign")
                .generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded()));
    }

    private static Cipher ours(String transformation) throws Exception {
        return Cipher.getInstance(transformation, COFFER.provider());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RSA/ECB/PKCS1Padding",
                "RSA/ECB/OAEPPadding",
                "RSA/ECB/OAEPWithSHA-1AndMGF1Padding",
                "RSA/ECB/OAEPWithSHA1AndMGF1Padding",
                "RSA/ECB/OAEPWithSHA-256AndMGF1Padding",
                "RSA/ECB/OAEPWithSHA-384AndMGF1Padding",
                "RSA/ECB/OAEPWithSHA-512AndMGF1Padding"
            })
    void opensWhatTheJdkEncryptsWithTheSameWords(String transformation) throws Exception {
        Cipher jdk = Cipher.getInstance(transformation, "SunJCE");
        jdk.init(Cipher.ENCRYPT_MODE, sameForTheJdk);
        Cipher ours = ours(transformation);
        ours.init(Cipher.DECRYPT_MODE, pair.getPrivate());
        assertThat(ours.doFinal(jdk.doFinal(TEXT))).isEqualTo(TEXT);

        ours.init(Cipher.ENCRYPT_MODE, pair.getPublic());
        byte[] ciphertext = new byte[ours.getOutputSize(TEXT.length)];
        assertThat(ours.doFinal(TEXT, 0, TEXT.length, ciphertext)).isEqualTo(256);
        ours.init(Cipher.DECRYPT_MODE, pair.getPrivate());
        assertThat(ours.doFinal(ciphertext)).isEqualTo(TEXT);
    }

    @Test
    void takesAndTellsOaepParameters() throws Exception {
        OAEPParameterSpec spec = new OAEPParameterSpec(
                "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, new PSource.PSpecified(new byte[] {7}));
        Cipher jdk = Cipher.getInstance("RSA/ECB/OAEPPadding", "SunJCE");
        jdk.init(Cipher.ENCRYPT_MODE, sameForTheJdk, spec);
        Cipher ours = ours("RSA/ECB/OAEPPadding");
        ours.init(Cipher.DECRYPT_MODE, pair.getPrivate(), jdk.getParameters());

        assertThat(ours.doFinal(jdk.doFinal(TEXT))).isEqualTo(TEXT);
        assertThat(ours.getParameters().getEncoded())
                .isEqualTo(jdk.getParameters().getEncoded());
    }

    @Test
    void doesRawRsa() throws Exception {
        Cipher ours = ours("RSA/ECB/NoPadding");
        ours.init(Cipher.DECRYPT_MODE, pair.getPrivate());
        byte[] block = new byte[256];
        block[255] = 2;
        BigInteger root = new BigInteger(1, ours.doFinal(block));
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();

        assertThat(root.modPow(key.getPublicExponent(), key.getModulus())).isEqualTo(BigInteger.TWO);
    }

    @Test
    void refusesKeysOnTheWrongSideAndKeysOfOthers() throws Exception {
        Cipher cipher = ours("RSA/ECB/PKCS1Padding");

        assertThatThrownBy(() -> cipher.init(Cipher.ENCRYPT_MODE, pair.getPrivate()))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> cipher.init(Cipher.DECRYPT_MODE, pair.getPublic()))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> cipher.init(Cipher.ENCRYPT_MODE, sameForTheJdk))
                .isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void saysWhatIsWrongWithTheData() throws Exception {
        Cipher cipher = ours("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, pair.getPublic());
        assertThatThrownBy(() -> cipher.doFinal(new byte[300])).isInstanceOf(IllegalBlockSizeException.class);
        byte[] ciphertext = cipher.doFinal(TEXT);
        ciphertext[100] ^= 1;

        cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate());
        assertThatThrownBy(() -> cipher.doFinal(ciphertext)).isInstanceOf(BadPaddingException.class);
    }

    @Test
    void losesNothingToABufferThatIsTooShort() throws Exception {
        Cipher cipher = ours("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, pair.getPublic());
        byte[] ciphertext = cipher.doFinal(TEXT);
        cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate());
        cipher.update(ciphertext, 0, 100);
        byte[] room = new byte[TEXT.length];

        assertThatThrownBy(() -> cipher.doFinal(ciphertext, 100, 156, new byte[1]))
                .isInstanceOf(ShortBufferException.class);
        assertThat(cipher.doFinal(ciphertext, 100, 156, room)).isEqualTo(TEXT.length);
        assertThat(room).isEqualTo(TEXT);
    }
}
