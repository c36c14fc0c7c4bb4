package org.cofferhsm.hsm.pkcs11.calls;

import java.util.Arrays;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.pkcs11.terms.Algorithms;
import org.cofferhsm.hsm.pkcs11.terms.CounterRoom;
import org.cofferhsm.hsm.pkcs11.wire.KeyedData;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** Encryption and decryption in one call (PKCS#11 v3.1 §5.8, §5.10). */
final class CipherCalls {

    static final int MODULE_IV_BYTES = 12;
    private static final byte[] NO_IV = {};

    private final Application application;

    CipherCalls(Application application) {
        this.application = application;
    }

    void addTo(CallTable calls) {
        calls.on(Operation.ENCRYPT, this::encrypt).on(Operation.DECRYPT, this::decrypt);
    }

    private void encrypt(MessageReader request, MessageWriter reply) {
        KeyedData wanted = KeyedData.read(request);
        try {
            Session user = application.user(wanted.session());
            KeyId key = application.key(wanted.key());
            Algorithm algorithm = Algorithms.of(wanted.mechanism());
            CounterRoom.of(wanted.mechanism()).take(wanted.data().length);
            byte[] ciphertext = user.encrypt(key, algorithm, wanted.data());
            if (Algorithms.returnsIv(wanted.mechanism(), algorithm)) {
                reply.bytes(Arrays.copyOf(ciphertext, MODULE_IV_BYTES))
                        .bytes(Arrays.copyOfRange(ciphertext, MODULE_IV_BYTES, ciphertext.length));
            } else {
                reply.bytes(NO_IV).bytes(ciphertext);
            }
        } finally {
            Arrays.fill(wanted.data(), (byte) 0);
        }
    }

    private void decrypt(MessageReader request, MessageWriter reply) {
        KeyedData wanted = KeyedData.read(request);
        Session user = application.user(wanted.session());
        KeyId key = application.key(wanted.key());
        CounterRoom.of(wanted.mechanism()).take(wanted.data().length);
        byte[] plaintext = user.decrypt(key, Algorithms.forDecryption(wanted.mechanism()), wanted.data());
        reply.bytes(plaintext);
        Arrays.fill(plaintext, (byte) 0);
    }
}
