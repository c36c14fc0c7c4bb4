package org.cofferhsm.tde.h2;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class PageCipherTest {
    private static final HexFormat HEX = HexFormat.of();

    /** IEEE 1619-2018, annex B: the vectors for XTS-AES-256. */
    @Test
    void encryptsAsIeee1619() {
        byte[] key = HEX.parseHex("2718281828459045235360287471352662497757247093699959574966967627"
                + "3141592653589793238462643383279502884197169399375105820974944592");
        byte[] data = new byte[512];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) i;
        }
        PageCipher cipher = new PageCipher(key, data.length, 1);

        cipher.encrypt(0xff * data.length, data, data.length);

        assertThat(HEX.formatHex(data, 0, 48))
                .isEqualTo("1c3b3a102f770386e4836c99e370cf9bea00803f5e482357a4ae12d414a3e63b"
                        + "5d31e276f8fe4a8d66b317f9ac683f44");
        cipher.decrypt(0xff * data.length, data, data.length);
        assertThat(data[300]).isEqualTo((byte) 300);
    }

    @Test
    void agreesWithAnotherProvider() throws Exception {
        Assumptions.assumeTrue(AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null);
        Random random = new Random(20261122);
        for (int round = 0; round < 200; round++) {
            byte[] key = new byte[PageCipher.KEY_BYTES];
            byte[] pages = new byte[3 * Pages.BYTES];
            random.nextBytes(key);
            random.nextBytes(pages);
            long number = random.nextLong() >>> 14;
            byte[] expected = new byte[pages.length];
            for (int i = 0; i < 3; i++) {
                other(key, number + i).doFinal(pages, i * Pages.BYTES, Pages.BYTES, expected, i * Pages.BYTES);
            }
            byte[] encrypted = pages.clone();
            PageCipher cipher = new PageCipher(key, Pages.BYTES, 4);

            cipher.encrypt(number * Pages.BYTES, encrypted, encrypted.length);

            assertThat(encrypted).isEqualTo(expected);
            int from = 16 * random.nextInt(3 * Pages.BYTES / 16);
            byte[] part =
                    Arrays.copyOfRange(encrypted, from, from + 16 + 16 * random.nextInt((pages.length - from) / 16));
            cipher.decrypt(number * Pages.BYTES + from, part, part.length);
            assertThat(part).isEqualTo(Arrays.copyOfRange(pages, from, from + part.length));
        }
    }

    private static Cipher other(byte[] key, long number) throws GeneralSecurityException {
        byte[] tweak = new byte[16];
        for (int i = 0; i < 8; i++) {
            tweak[i] = (byte) (number >>> 8 * i);
        }
        Cipher cipher = Cipher.getInstance("AES/XTS/NoPadding", AmazonCorrettoCryptoProvider.INSTANCE);
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(tweak));
        return cipher;
    }
}
