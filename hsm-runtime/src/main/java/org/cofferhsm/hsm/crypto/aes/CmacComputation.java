package org.cofferhsm.hsm.crypto.aes;

import javax.crypto.Cipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** One MAC in the making. Apart from {@link AesCmac}, so that Bouncy Castle is loaded for the first MAC and not before. */
final class CmacComputation {

    /** The block cipher is keyed already, and Bouncy Castle needs no copy of the key. */
    private static final CipherParameters NO_KEY = new KeyParameter(new byte[0]);

    private final CMac mac;

    /** Over AES/ECB/NoPadding, initialised for encryption. */
    CmacComputation(Cipher cipher) {
        this.mac = new CMac(new AesBlock(cipher));
        mac.init(NO_KEY);
    }

    void update(byte[] data, int offset, int length) {
        mac.update(data, offset, length);
    }

    byte[] finish() {
        byte[] result = new byte[mac.getMacSize()];
        mac.doFinal(result, 0);
        return result;
    }
}
