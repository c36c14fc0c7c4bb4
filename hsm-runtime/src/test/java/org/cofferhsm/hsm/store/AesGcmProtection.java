package org.cofferhsm.hsm.store;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.SecretBytes;

/** Real protection with fixed keys. */
final class AesGcmProtection implements RecordProtection {

    private static final int IV = 12;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec objects;
    private final SecretKeySpec digests;

    /** The keys that follow from a number; the same number gives the same keys. */
    AesGcmProtection(int master) {
        objects = new SecretKeySpec(ByteBuffer.allocate(32).putInt(master).array(), "AES");
        digests = new SecretKeySpec(
                ByteBuffer.allocate(32).putInt(master).put((byte) 1).array(), "HmacSHA256");
    }

    @Override
    public byte[] seal(byte[] context, SecretBytes secret) {
        byte[] iv = new byte[IV];
        random.nextBytes(iv);
        byte[] sealed = secret.use(bytes -> crypt(Cipher.ENCRYPT_MODE, iv, context, bytes));
        return ByteBuffer.allocate(IV + sealed.length).put(iv).put(sealed).array();
    }

    @Override
    public SecretBytes open(byte[] context, byte[] sealed) {
        return SecretBytes.owning(crypt(
                Cipher.DECRYPT_MODE,
                Arrays.copyOf(sealed, IV),
                context,
                Arrays.copyOfRange(sealed, IV, sealed.length)));
    }

    private byte[] crypt(int mode, byte[] iv, byte[] context, byte[] data) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, objects, new GCMParameterSpec(128, iv));
            cipher.updateAAD(context);
            return cipher.doFinal(data);
        } catch (AEADBadTagException e) {
            throw HsmException.encryptedDataInvalid("the tag does not match").causedBy(e);
        } catch (GeneralSecurityException e) {
            throw HsmException.internal("no AES-GCM").causedBy(e);
        }
    }

    @Override
    public byte[] mac(byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(digests);
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw HsmException.internal("no HMAC").causedBy(e);
        }
    }
}
