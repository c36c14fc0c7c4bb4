package org.cofferhsm.hsm.jce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.ProviderException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.Usage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AesGcmCipherTest {

    private static final byte[] TEXT = "sixteen bytes and some more".getBytes(UTF_8);
    private static final byte[] AAD = "header".getBytes(UTF_8);

    @RegisterExtension
    static final ModuleExtension COFFER = new ModuleExtension();

    private SecretKey key;
    private Cipher cipher;

    @BeforeEach
    void makeKey() throws Exception {
        key = key(KeyTemplate.aes(256).allowing(Usage.ENCRYPT, Usage.DECRYPT).forSession());
        cipher = Cipher.getInstance("AES/GCM/NoPadding", COFFER.provider());
    }

    private static SecretKey key(KeyTemplate template) throws Exception {
        KeyGenerator generator = KeyGenerator.getInstance("AES", COFFER.provider());
        generator.init(new CofferKeySpec(template));
        return generator.generateKey();
    }

    private byte[] opened(byte[] ciphertext, AlgorithmParameterSpec parameters) throws Exception {
        Cipher opening = Cipher.getInstance("AES/GCM/NoPadding", COFFER.provider());
        opening.init(Cipher.DECRYPT_MODE, key, parameters);
        opening.updateAAD(AAD);
        return opening.doFinal(ciphertext);
    }

    @Test
    void makesTheIvWhenTheCallerGivesNoneAndTellsItAtOnce() throws Exception {
        cipher.init(Cipher.ENCRYPT_MODE, key);
        byte[] iv = cipher.getIV();
        cipher.updateAAD(AAD);
        byte[] ciphertext = cipher.doFinal(TEXT);

        assertThat(iv).hasSize(12).isEqualTo(cipher.getIV());
        assertThat(cipher.getParameters()
                        .getParameterSpec(GCMParameterSpec.class)
                        .getIV())
                .isEqualTo(iv);
        assertThat(ciphertext).hasSize(TEXT.length + 16);
        assertThat(opened(ciphertext, new GCMParameterSpec(128, iv))).isEqualTo(TEXT);
    }

    /** The key is one that may be read, so that the JDK can do the same with it. */
    @Test
    void encryptsWithTheCallersIvAsTheJdkDoes() throws Exception {
        SecretKey readable = key(KeyTemplate.aes(128)
                .allowing(Usage.ENCRYPT, Usage.DECRYPT)
                .with(Attribute.SENSITIVE, false)
                .extractable()
                .forSession());
        byte[] raw = COFFER.session().value(((CofferKey) readable).keyId());
        GCMParameterSpec spec = new GCMParameterSpec(96, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
        cipher.init(Cipher.ENCRYPT_MODE, readable, spec);
        cipher.updateAAD(AAD);
        Cipher jdk = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
        jdk.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(raw, "AES"), spec);
        jdk.updateAAD(AAD);

        assertThat(cipher.doFinal(TEXT)).isEqualTo(jdk.doFinal(TEXT));
    }

    @Test
    void refusesToEncryptTwiceWithOneIv() throws Exception {
        GCMParameterSpec spec = new GCMParameterSpec(128, new byte[12]);
        cipher.init(Cipher.ENCRYPT_MODE, key, spec);
        cipher.doFinal(TEXT);

        assertThatThrownBy(() -> cipher.doFinal(TEXT)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cipher.init(Cipher.ENCRYPT_MODE, key, spec))
                .isInstanceOf(InvalidAlgorithmParameterException.class)
                .hasMessageContaining("just used");
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, new byte[13]));
        assertThat(cipher.doFinal(TEXT)).hasSize(TEXT.length + 16);
    }

    @Test
    void makesANewIvForEachInit() throws Exception {
        cipher.init(Cipher.ENCRYPT_MODE, key);
        byte[] first = cipher.getIV();
        cipher.init(Cipher.ENCRYPT_MODE, key);

        assertThat(cipher.getIV()).isNotEqualTo(first);
    }

    @Test
    void letsTheModuleMakeTheIvWhereTheKeyTakesNone() throws Exception {
        key = key(KeyTemplate.aes(256)
                .allowing(Usage.ENCRYPT, Usage.DECRYPT)
                .with(Attribute.CALLER_IV, false)
                .forSession());
        cipher.init(Cipher.ENCRYPT_MODE, key);
        assertThat(cipher.getIV()).isNull();
        cipher.updateAAD(AAD);
        byte[] ciphertext = cipher.doFinal(TEXT);

        assertThat(ciphertext).hasSize(TEXT.length + 16);
        assertThat(opened(ciphertext, cipher.getParameters().getParameterSpec(GCMParameterSpec.class)))
                .isEqualTo(TEXT);
        assertThatThrownBy(() -> {
                    cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, new byte[12]));
                    cipher.doFinal(TEXT);
                })
                .isInstanceOfAny(InvalidAlgorithmParameterException.class, ProviderException.class)
                .hasMessageContaining("caller-iv");
    }

    @Test
    void refusesToDecryptWithoutAnIv() {
        assertThatThrownBy(() -> cipher.init(Cipher.DECRYPT_MODE, key)).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(new byte[12])))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
    }

    @Test
    void releasesNothingWhenTheTagIsWrong() throws Exception {
        cipher.init(Cipher.ENCRYPT_MODE, key);
        GCMParameterSpec spec = new GCMParameterSpec(128, cipher.getIV());
        cipher.updateAAD(AAD);
        byte[] ciphertext = cipher.doFinal(TEXT);
        ciphertext[0] ^= 1;

        assertThatThrownBy(() -> opened(ciphertext, spec)).isInstanceOf(AEADBadTagException.class);
        assertThatThrownBy(() -> opened(new byte[3], spec)).isInstanceOf(AEADBadTagException.class);
        cipher.init(Cipher.DECRYPT_MODE, key, spec);
        cipher.updateAAD(AAD);
        assertThat(cipher.update(ciphertext)).isNull();
    }

    @Test
    void takesDataInPartsAndAadOnlyBeforeThem() throws Exception {
        cipher.init(Cipher.ENCRYPT_MODE, key);
        GCMParameterSpec spec = new GCMParameterSpec(128, cipher.getIV());
        cipher.updateAAD(AAD, 0, 2);
        cipher.updateAAD(ByteBuffer.wrap(AAD, 2, AAD.length - 2));
        byte[] out = new byte[cipher.getOutputSize(TEXT.length)];
        int length = cipher.update(TEXT, 0, 20, out, 0);
        assertThatThrownBy(() -> cipher.updateAAD(AAD)).isInstanceOf(IllegalStateException.class);
        length += cipher.doFinal(TEXT, 20, TEXT.length - 20, out, length);

        assertThat(opened(Arrays.copyOf(out, length), spec)).isEqualTo(TEXT);
    }

    @Test
    void givesTheResultToALongerBufferAfterATooShortOne() throws Exception {
        cipher.init(Cipher.ENCRYPT_MODE, key);
        GCMParameterSpec spec = new GCMParameterSpec(128, cipher.getIV());
        cipher.updateAAD(AAD);
        byte[] ciphertext = cipher.doFinal(TEXT);
        cipher.init(Cipher.DECRYPT_MODE, key, spec);
        cipher.updateAAD(AAD);
        byte[] room = new byte[TEXT.length];

        assertThatThrownBy(() -> cipher.doFinal(ciphertext, 0, ciphertext.length, new byte[1]))
                .isInstanceOf(ShortBufferException.class);
        assertThat(cipher.doFinal(ciphertext, 0, ciphertext.length, room)).isEqualTo(TEXT.length);
        assertThat(room).isEqualTo(TEXT);
    }

    @Test
    void refusesKeysThatMayNotEncryptAtInit() throws Exception {
        SecretKey decryptOnly = key(KeyTemplate.aes(256).allowing(Usage.DECRYPT).forSession());

        assertThatThrownBy(() -> cipher.init(Cipher.ENCRYPT_MODE, decryptOnly))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("encrypt");
    }

    @Test
    void losesNothingToABufferThatIsTooShort() throws Exception {
        byte[] text = new byte[64];
        cipher.init(Cipher.ENCRYPT_MODE, key);
        GCMParameterSpec spec = new GCMParameterSpec(128, cipher.getIV());
        cipher.updateAAD(AAD);
        assertThatThrownBy(() -> cipher.update(text, 0, text.length, new byte[1]))
                .isInstanceOf(ShortBufferException.class);
        byte[] out = new byte[80];
        int length = cipher.update(text, 0, 40, out, 0);
        assertThatThrownBy(() -> cipher.doFinal(text, 40, 24, new byte[39])).isInstanceOf(ShortBufferException.class);
        int ready = length;
        length += cipher.doFinal(text, 40, 24, out, ready);

        assertThat(length).isEqualTo(80);
        assertThat(opened(out, spec)).isEqualTo(text);
    }

    @Test
    void endsWithTheTagAfterABufferThatWasTooShort() throws Exception {
        cipher.init(Cipher.ENCRYPT_MODE, key);
        assertThatThrownBy(() -> cipher.update(new byte[64], 0, 64, new byte[1]))
                .isInstanceOf(ShortBufferException.class);

        assertThat(cipher.doFinal(new byte[16], 0)).isEqualTo(16);
    }

    @Test
    void needsNoRoomBeforeTheTagIsChecked() throws Exception {
        cipher.init(Cipher.ENCRYPT_MODE, key);
        GCMParameterSpec spec = new GCMParameterSpec(128, cipher.getIV());
        byte[] ciphertext = cipher.doFinal(TEXT);
        cipher.init(Cipher.DECRYPT_MODE, key, spec);

        assertThat(cipher.update(ciphertext, 0, ciphertext.length, new byte[0])).isZero();
        byte[] room = new byte[TEXT.length];
        assertThat(cipher.doFinal(room, 0)).isEqualTo(TEXT.length);
        assertThat(room).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @CsvSource({"64, 12", "100, 12", "136, 12", "128, 0", "128, 257"})
    void refusesImpossibleTagsAndIvsAtInit(int tagBits, int ivBytes) {
        GCMParameterSpec spec = new GCMParameterSpec(tagBits, new byte[ivBytes]);

        for (int mode : new int[] {Cipher.ENCRYPT_MODE, Cipher.DECRYPT_MODE}) {
            assertThatThrownBy(() -> cipher.init(mode, key, spec))
                    .isInstanceOf(InvalidAlgorithmParameterException.class);
        }
    }
}
