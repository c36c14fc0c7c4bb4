package org.cofferhsm.hsm.pkcs11.wire;

import org.cofferhsm.hsm.spi.MessageReader;

/** DECRYPT_MESSAGE: C_DecryptMessage (PKCS#11 v3.1 §5.11). */
public record DecryptMessage(long session, long key, byte[] iv, byte[] aad, byte[] ciphertext, byte[] tag) {

    public static DecryptMessage read(MessageReader request) {
        DecryptMessage read = new DecryptMessage(
                request.u64(), request.u64(), request.bytes(), request.bytes(), request.bytes(), request.bytes());
        request.end();
        return read;
    }
}
