package org.cofferhsm.ekm.channel;

import java.util.Arrays;
import org.cofferhsm.ekm.SqlCrypt;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** Encryption and decryption. */
final class CipherCalls {

    private final SqlCrypt provider;
    private final OpenSessions sessions;

    CipherCalls(SqlCrypt provider, OpenSessions sessions) {
        this.provider = provider;
        this.sessions = sessions;
    }

    void encrypt(MessageReader request, MessageWriter reply) {
        try (KeyedData wanted = KeyedData.read(request)) {
            reply.bytes(provider.encrypt(
                    sessions.require(wanted.session()), wanted.thumbprint(), wanted.iv(), wanted.data()));
        }
    }

    void decrypt(MessageReader request, MessageWriter reply) {
        try (KeyedData wanted = KeyedData.read(request)) {
            byte[] plaintext = provider.decrypt(
                    sessions.require(wanted.session()), wanted.thumbprint(), wanted.iv(), wanted.data());
            try {
                reply.bytes(plaintext);
            } finally {
                Arrays.fill(plaintext, (byte) 0);
            }
        }
    }
}
