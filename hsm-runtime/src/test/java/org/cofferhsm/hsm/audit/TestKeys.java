package org.cofferhsm.hsm.audit;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Real keys for tests: HMAC-SHA-256 and ECDSA P-256 from the JDK. */
final class TestKeys implements AuditKeys {

    private final ThreadLocal<Mac> mac;
    private final KeyPair pair;

    private TestKeys(byte[] macKey, KeyPair pair) {
        this.mac = ThreadLocal.withInitial(() -> hmac(macKey));
        this.pair = pair;
    }

    /** A fresh signature key, and a MAC key of 32 bytes of this value. */
    static TestKeys of(int value) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return with(value, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static TestKeys with(int value, KeyPair pair) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) value);
        return new TestKeys(key, pair);
    }

    KeyPair pair() {
        return pair;
    }

    private static Mac hmac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public byte[] mac(byte[] hash) {
        return mac.get().doFinal(hash);
    }

    @Override
    public byte[] sign(byte[] checkpoint) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(checkpoint);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public byte[] publicKey() {
        return pair.getPublic().getEncoded();
    }
}
