package org.cofferhsm.hsm.jce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.CipherOutputStream;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.Usage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AesCipherTest {

    private static final byte[] BLOCKS = "two blocks of it, that is 32 byt".getBytes(UTF_8);

    @RegisterExtension
    static final ModuleExtension COFFER = new ModuleExtension();

    private static SecretKey key;
    private static SecretKey sameForTheJdk;

    @BeforeAll
    static void makeReadableKey() throws Exception {
        KeyGenerator generator = KeyGenerator.getInstance("AES", COFFER.provider());
        generator.init(new CofferKeySpec(KeyTemplate.aes(256)
                .allowing(Usage.ENCRYPT, Usage.DECRYPT)
                .with(Attribute.SENSITIVE, false)
                .extractable()
                .forSession()));
        key = generator.generateKey();
        sameForTheJdk = new SecretKeySpec(COFFER.session().value(((CofferKey) key).keyId()), "AES");
    }

    private static Cipher ours(String transformation) throws Exception {
        return Cipher.getInstance(transformation, COFFER.provider());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AES/CBC/NoPadding",
                "AES/CBC/PKCS5Padding",
                "AES/CTR/NoPadding",
                "AES/ECB/NoPadding",
                "AES/ECB/PKCS5Padding"
            })
    void encryptsAndDecryptsAsTheJdkDoes(String transformation) throws Exception {
        Cipher ours = ours(transformation);
        Cipher jdk = Cipher.getInstance(transformation, "SunJCE");
        for (int length : new int[] {0, 16, 32}) {
            byte[] text = Arrays.copyOf(BLOCKS, length);
            ours.init(Cipher.ENCRYPT_MODE, key);
            byte[] ciphertext = ours.doFinal(text);
            jdk.init(Cipher.DECRYPT_MODE, sameForTheJdk, ours.getParameters());
            assertThat(jdk.doFinal(ciphertext)).isEqualTo(text);

            jdk.init(Cipher.ENCRYPT_MODE, sameForTheJdk);
            byte[] theirs = jdk.doFinal(text);
            ours.init(Cipher.DECRYPT_MODE, key, jdk.getParameters());
            assertThat(ours.doFinal(theirs)).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES/CBC/PKCS5Padding", "AES/CTR/NoPadding", "AES/ECB/PKCS5Padding"})
    void takesAnyLengthInParts(String transformation) throws Exception {
        Cipher ours = ours(transformation);
        for (int length = 0; length <= 32; length++) {
            byte[] text = Arrays.copyOf(BLOCKS, length);
            ours.init(Cipher.ENCRYPT_MODE, key);
            byte[] ciphertext = inParts(ours, text);
            Cipher opening = ours(transformation);
            opening.init(Cipher.DECRYPT_MODE, key, ours.getParameters());
            assertThat(inParts(opening, ciphertext)).isEqualTo(text);
        }
    }

    private static byte[] inParts(Cipher cipher, byte[] data) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CipherOutputStream stream = new CipherOutputStream(out, cipher)) {
            for (int from = 0; from < data.length; from += 5) {
                stream.write(data, from, Math.min(5, data.length - from));
            }
        }
        return out.toByteArray();
    }

    @Test
    void isAsAfterInitWhenItHasFinished() throws Exception {
        Cipher cipher = ours("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[16]));

        assertThat(cipher.doFinal(BLOCKS)).isEqualTo(cipher.doFinal(BLOCKS));
        assertThat(cipher.getIV()).isEqualTo(new byte[16]);
    }

    @Test
    void refusesWhatIsNotWholeBlocks() throws Exception {
        Cipher cipher = ours("AES/CBC/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key);

        assertThatThrownBy(() -> cipher.doFinal(new byte[15])).isInstanceOf(IllegalBlockSizeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES/CBC/PKCS5Padding", "AES/ECB/PKCS5Padding"})
    void refusesWrongPadding(String transformation) throws Exception {
        Cipher unpadded = ours(transformation.replace("PKCS5Padding", "NoPadding"));
        unpadded.init(Cipher.ENCRYPT_MODE, key);
        byte[] ciphertext = unpadded.doFinal(BLOCKS);
        Cipher cipher = ours(transformation);
        cipher.init(Cipher.DECRYPT_MODE, key, unpadded.getParameters());

        assertThatThrownBy(() -> cipher.doFinal(ciphertext)).isInstanceOf(BadPaddingException.class);
    }

    @Test
    void refusesWrongParameters() throws Exception {
        Cipher cbc = ours("AES/CBC/NoPadding");

        assertThatThrownBy(() -> cbc.init(Cipher.DECRYPT_MODE, key)).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> cbc.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[12])))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(() ->
                        ours("AES/ECB/NoPadding").init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[16])))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(() -> cbc.init(Cipher.ENCRYPT_MODE, sameForTheJdk)).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> cbc.init(Cipher.WRAP_MODE, key)).isInstanceOf(UnsupportedOperationException.class);
    }

    private static final String[] ALL_MODES = {
        "AES/CBC/NoPadding", "AES/CBC/PKCS5Padding", "AES/CTR/NoPadding", "AES/ECB/NoPadding", "AES/ECB/PKCS5Padding"
    };

    @Test
    void hasDoneNothingWhenTheBufferIsTooShort() throws Exception {
        for (String transformation : ALL_MODES) {
            Cipher cipher = ours(transformation);
            cipher.init(Cipher.ENCRYPT_MODE, key);
            byte[] expected = cipher.doFinal(BLOCKS);
            Cipher again = ours(transformation);
            again.init(Cipher.ENCRYPT_MODE, key, cipher.getParameters());
            assertSameAfterShortBuffers(again, BLOCKS, expected);
            again.init(Cipher.DECRYPT_MODE, key, cipher.getParameters());
            assertSameAfterShortBuffers(again, expected, BLOCKS);
        }
    }

    /** By every way of calling. */
    private static void assertSameAfterShortBuffers(Cipher cipher, byte[] input, byte[] expected) throws Exception {
        assertRefusesAShortBuffer(cipher, input);
        assertThat(cipher.doFinal(input)).isEqualTo(expected);
        assertRefusesAShortBuffer(cipher, input);
        byte[] out = new byte[cipher.getOutputSize(input.length)];
        assertThatThrownBy(() -> cipher.update(input, 0, input.length, new byte[15]))
                .isInstanceOf(ShortBufferException.class);
        int length = cipher.update(input, 0, 20, out, 0);
        assertRefusesAShortBuffer(cipher, input);
        length += cipher.doFinal(input, 20, input.length - 20, out, length);
        assertThat(Arrays.copyOf(out, length)).isEqualTo(expected);
        assertThat(cipher.doFinal(input, 0, input.length, out)).isEqualTo(expected.length);
        assertThat(Arrays.copyOf(out, expected.length)).isEqualTo(expected);
    }

    private static void assertRefusesAShortBuffer(Cipher cipher, byte[] input) {
        assertThatThrownBy(() -> cipher.doFinal(input, 0, input.length, new byte[1]))
                .isInstanceOf(ShortBufferException.class);
    }

    @Test
    void givesNoMessageTheOutputOfAnother() throws Exception {
        byte[] other = "two other blocks, also 32 bytes.".getBytes(UTF_8);
        Cipher cipher = ours("AES/CBC/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key);
        byte[] expected = cipher.doFinal(other);
        assertRefusesAShortBuffer(cipher, BLOCKS);
        cipher.doFinal(BLOCKS);
        byte[] out = new byte[32];

        assertThat(cipher.doFinal(other, 0, 32, out)).isEqualTo(32);
        assertThat(out).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES/CBC/NoPadding", "AES/CTR/NoPadding", "AES/ECB/NoPadding"})
    void needsNoMoreRoomThanTheOutputTakes(String transformation) throws Exception {
        Cipher cipher = ours(transformation);
        cipher.init(Cipher.ENCRYPT_MODE, key);
        byte[] out = new byte[32];

        assertThat(cipher.update(BLOCKS, 0, 16, out, 0)).isEqualTo(16);
        assertThat(cipher.doFinal(BLOCKS, 16, 16, out, 16)).isEqualTo(16);
    }

    /** A padded ciphertext's last block stays inside. */
    @Test
    void needsNoRoomForWhatStaysInside() throws Exception {
        Cipher cipher = ours("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, key);
        assertThat(cipher.update(BLOCKS, 0, 15, new byte[0], 0)).isZero();
        assertThatThrownBy(() -> cipher.update(BLOCKS, 15, 1, new byte[15], 0))
                .isInstanceOf(ShortBufferException.class);
        byte[] ciphertext = cipher.doFinal(BLOCKS, 15, 5);
        cipher.init(Cipher.DECRYPT_MODE, key, cipher.getParameters());

        assertThat(cipher.update(ciphertext, 0, 16, new byte[0], 0)).isZero();
        assertThat(cipher.doFinal(ciphertext, 16, 16)).isEqualTo(Arrays.copyOf(BLOCKS, 20));
    }
}
