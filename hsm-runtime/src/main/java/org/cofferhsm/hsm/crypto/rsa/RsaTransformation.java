package org.cofferhsm.hsm.crypto.rsa;

import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.Cipher;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.error.HsmException;

/** An RSA operation of the engine on one block: the primitive alone, or with PKCS#1 v1.5 padding (RFC 8017 §5, §7.2). */
record RsaTransformation(Engine engine, String name) {

    static RsaTransformation raw(Engine engine) {
        return new RsaTransformation(engine, "RSA/ECB/NoPadding");
    }

    static RsaTransformation pkcs1(Engine engine) {
        return new RsaTransformation(engine, "RSA/ECB/PKCS1Padding");
    }

    /** Pads, then computes: an encryption with a public key, a signature with a private one. */
    byte[] seal(Key key, byte[] data) {
        try {
            return run(Cipher.ENCRYPT_MODE, key, data);
        } catch (GeneralSecurityException e) {
            throw HsmException.internal("the engine failed in " + name + "; please report it")
                    .causedBy(e);
        }
    }

    /** Computes, then removes the padding: a decryption with a private key, a recovery with a public one. */
    byte[] open(Key key, byte[] block) throws GeneralSecurityException {
        return run(Cipher.DECRYPT_MODE, key, block);
    }

    private byte[] run(int mode, Key key, byte[] block) throws GeneralSecurityException {
        Cipher cipher = engine.cipher(name);
        cipher.init(mode, key, engine.random());
        return cipher.doFinal(block);
    }
}
