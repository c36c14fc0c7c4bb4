package org.cofferhsm.hsm.pkcs11.calls;

import java.util.Arrays;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.pkcs11.terms.MessageIvs;
import org.cofferhsm.hsm.pkcs11.wire.DecryptMessage;
import org.cofferhsm.hsm.pkcs11.wire.EncryptMessage;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** Message-based encryption and decryption (PKCS#11 v3.1 §5.9, §5.11). */
final class MessageCalls {

    private final Application application;

    MessageCalls(Application application) {
        this.application = application;
    }

    void addTo(CallTable calls) {
        calls.on(Operation.ENCRYPT_MESSAGE, this::encrypt).on(Operation.DECRYPT_MESSAGE, this::decrypt);
    }

    private void encrypt(MessageReader request, MessageWriter reply) {
        EncryptMessage message = EncryptMessage.read(request);
        Session user = application.user(message.session());
        KeyId key = application.key(message.key());
        Algorithm algorithm = MessageIvs.of(message);
        byte[] output = user.encrypt(key, algorithm, message.plaintext());
        Arrays.fill(message.plaintext(), (byte) 0);
        boolean moduleMade =
                algorithm.parameters() instanceof Parameters.Gcm gcm && gcm.iv().isEmpty();
        int start = moduleMade ? CipherCalls.MODULE_IV_BYTES : 0;
        int tag = output.length - message.tagBits() / 8;
        reply.bytes(moduleMade ? Arrays.copyOf(output, start) : message.iv().bytes())
                .bytes(Arrays.copyOfRange(output, start, tag))
                .bytes(Arrays.copyOfRange(output, tag, output.length));
    }

    private void decrypt(MessageReader request, MessageWriter reply) {
        DecryptMessage message = DecryptMessage.read(request);
        Session user = application.user(message.session());
        KeyId key = application.key(message.key());
        byte[] sealed = Arrays.copyOf(message.ciphertext(), message.ciphertext().length + message.tag().length);
        System.arraycopy(message.tag(), 0, sealed, message.ciphertext().length, message.tag().length);
        byte[] plaintext = user.decrypt(key, MessageIvs.of(message), sealed);
        reply.bytes(plaintext);
        Arrays.fill(plaintext, (byte) 0);
    }
}
