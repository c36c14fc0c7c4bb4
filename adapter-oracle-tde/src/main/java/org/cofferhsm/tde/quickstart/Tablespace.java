package org.cofferhsm.tde.quickstart;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.tde.TablespaceKey;

/**
 * A small tablespace as the plain JDK encrypts it: pages of 8,192 bytes, each by AES-256-CBC under a key and IV of its
 * own that PBKDF2 (RFC 8018 §5.2) makes of the tablespace key and the page's number.
 *
 * <p>PBKDF2 rather than the tablespace key itself, because {@code openssl enc} takes a raw key only as an argument,
 * where other users can read it, but a passphrase by its standard input. One iteration is enough for a random key.
 */
final class Tablespace {

    static final int PAGE_BYTES = 8192;
    static final int PAGES = 16;

    private static final int KEY_BYTES = 32;
    private static final int IV_BYTES = 16;

    private Tablespace() {}

    /** The rows of a page in the clear. */
    static byte[] plainPage(int number) {
        StringBuilder rows = new StringBuilder("page " + number + "\n");
        for (int row = 0; row < 100; row++) {
            rows.append("customer ").append(number * 100 + row).append(";Grace Example;4111 1111 1111 1111\n");
        }
        return Arrays.copyOf(rows.toString().getBytes(StandardCharsets.US_ASCII), PAGE_BYTES);
    }

    /** All pages, encrypted. */
    static byte[] encrypted(TablespaceKey key) {
        ByteBuffer file = ByteBuffer.allocate(PAGES * PAGE_BYTES);
        for (int page = 0; page < PAGES; page++) {
            file.put(cipher(Cipher.ENCRYPT_MODE, key, page, plainPage(page)));
        }
        return file.array();
    }

    /** One page as it stands in the file. */
    static byte[] page(byte[] file, int number) {
        if (file.length != PAGES * PAGE_BYTES) {
            throw HsmException.dataInvalid("the tablespace has " + file.length + " bytes, not " + PAGES * PAGE_BYTES);
        }
        return Arrays.copyOfRange(file, number * PAGE_BYTES, (number + 1) * PAGE_BYTES);
    }

    /** One page in the clear. */
    static byte[] decrypt(TablespaceKey key, int number, byte[] page) {
        return cipher(Cipher.DECRYPT_MODE, key, number, page);
    }

    /** The page's number as PBKDF2 takes it: eight bytes. */
    static byte[] salt(int page) {
        return ByteBuffer.allocate(Long.BYTES).putLong(page).array();
    }

    /** The tablespace key as a passphrase: hex digits. */
    static char[] passphrase(TablespaceKey key) {
        return key.use(bytes -> HexFormat.of().formatHex(bytes).toCharArray());
    }

    private static byte[] cipher(int mode, TablespaceKey key, int page, byte[] data) {
        byte[] keyAndIv = keyAndIv(key, page);
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(
                    mode,
                    new SecretKeySpec(keyAndIv, 0, KEY_BYTES, "AES"),
                    new IvParameterSpec(keyAndIv, KEY_BYTES, IV_BYTES));
            return cipher.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw HsmException.internal("the JDK's AES failed on page " + page).causedBy(e);
        } finally {
            Arrays.fill(keyAndIv, (byte) 0);
        }
    }

    private static byte[] keyAndIv(TablespaceKey key, int page) {
        char[] passphrase = passphrase(key);
        PBEKeySpec specification = new PBEKeySpec(passphrase, salt(page), 1, (KEY_BYTES + IV_BYTES) * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(specification)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw HsmException.internal("the JDK's PBKDF2 failed").causedBy(e);
        } finally {
            specification.clearPassword();
            Arrays.fill(passphrase, '\0');
        }
    }
}
