package org.cofferhsm.hsm.pkcs11.wire;

import org.cofferhsm.hsm.spi.MessageReader;

/** ENCRYPT_MESSAGE: C_EncryptMessage with CK_GCM_MESSAGE_PARAMS (PKCS#11 v3.1 §5.9, §6.13.4). */
public record EncryptMessage(long session, long key, MessageIv iv, int tagBits, byte[] aad, byte[] plaintext) {

    public static EncryptMessage read(MessageReader request) {
        EncryptMessage read = new EncryptMessage(
                request.u64(), request.u64(), MessageIv.read(request), request.u32(), request.bytes(), request.bytes());
        request.end();
        return read;
    }

    /**
     * Where the IV comes from.
     *
     * @param fixedBits how many of its bits are the program's
     * @param generator CKG_*
     */
    public record MessageIv(byte[] bytes, int fixedBits, int generator) {

        static MessageIv read(MessageReader request) {
            return new MessageIv(request.bytes(), request.u32(), request.u32());
        }
    }
}
