package org.cofferhsm.hsm.crypto;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import javax.crypto.Cipher;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.Octets;

/** How secret keys are read and described; their encoding is their bytes. */
final class SecretKeyCodec {

    private static final int CHECK_VALUE_BYTES = 3;
    private static final int AES_BLOCK_BYTES = 16;

    private final Engine engine;

    SecretKeyCodec(Engine engine) {
        this.engine = engine;
    }

    EngineKey decode(KeyType type, byte[] value) {
        return SecretKeys.copyOf(type, value);
    }

    Attributes describe(EngineKey key) {
        return Attributes.of(Attribute.VALUE_LENGTH, key.bits() / 8L)
                .with(Attribute.CHECK_VALUE, Octets.of(Arrays.copyOf(fingerprint(key), CHECK_VALUE_BYTES)));
    }

    private byte[] fingerprint(EngineKey key) {
        return key.type() == KeyType.AES ? encryptedZeroBlock(key.jca()) : digest(key.jca());
    }

    private byte[] encryptedZeroBlock(Key key) {
        try {
            Cipher cipher = engine.cipher("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher.doFinal(new byte[AES_BLOCK_BYTES]);
        } catch (GeneralSecurityException e) {
            throw HsmException.internal("the engine refused to encrypt one block under an AES key")
                    .causedBy(e);
        }
    }

    private byte[] digest(Key key) {
        byte[] value = key.getEncoded();
        try {
            return engine.messageDigest("SHA-1").digest(value);
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }
}
