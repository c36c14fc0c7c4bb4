package org.cofferhsm.ekm.standin;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.cofferhsm.ekm.Thumbprint;
import org.jspecify.annotations.Nullable;

/** A database: its boot record, which holds the encryption key encrypted, and one page to see whether the key is the right one. */
final class Database {

    private static final int DEK_BYTES = 32;
    private static final int TAG_BITS = 128;
    private static final byte[] PAGE = "page 1:0".getBytes(StandardCharsets.US_ASCII);

    private final String name;
    private @Nullable BootRecord boot;
    private byte @Nullable [] dek;
    private byte @Nullable [] page;
    private boolean online = true;

    Database(String name) {
        this.name = name;
    }

    /** What outlives the process: which key encrypts the database's key, and its result. */
    record BootRecord(Thumbprint protector, byte[] wrapped) {}

    String name() {
        return name;
    }

    boolean isOnline() {
        return online;
    }

    boolean isEncrypted() {
        return page != null;
    }

    BootRecord boot() {
        if (boot == null) {
            throw new SqlError(33107, "the database " + name + " has no encryption key");
        }
        return boot;
    }

    boolean hasKey() {
        return boot != null;
    }

    byte[] dek() {
        if (dek == null) {
            throw new SqlError(33107, "the database " + name + " has no encryption key in memory");
        }
        return dek;
    }

    static byte[] newDek() {
        byte[] made = new byte[DEK_BYTES];
        new SecureRandom().nextBytes(made);
        return made;
    }

    void keep(byte[] key, BootRecord record) {
        byte[] page = this.page == null ? null : seal(key);
        this.page = page;
        dek = key;
        boot = record;
    }

    void encrypt() {
        page = seal(dek());
    }

    void decrypt() {
        page = null;
    }

    /** Stops: what is in memory is gone. */
    void stop() {
        if (dek != null) {
            Arrays.fill(dek, (byte) 0);
        }
        dek = null;
        online = !hasKey();
    }

    /** Starts with a key; complains when its page does not open with it. */
    void start(byte[] key) {
        if (page != null && !Arrays.equals(open(key, page), PAGE)) {
            throw new SqlError(824, "the page of " + name + " is not what was written");
        }
        dek = key;
        online = true;
    }

    private static byte[] seal(byte[] key) {
        return crypt(Cipher.ENCRYPT_MODE, key, PAGE);
    }

    private static byte[] open(byte[] key, byte[] sealed) {
        return crypt(Cipher.DECRYPT_MODE, key, sealed);
    }

    /** One page, once for each key: the IV may be constant. */
    private static byte[] crypt(int mode, byte[] key, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, new byte[12]));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new SqlError(824, "a page does not open with this database encryption key");
        }
    }
}
