package org.cofferhsm.ekm.channel;

import java.util.Optional;
import org.cofferhsm.ekm.BlobType;
import org.cofferhsm.ekm.EkmKey;
import org.cofferhsm.ekm.KeyFlag;
import org.cofferhsm.ekm.SqlCrypt;
import org.cofferhsm.ekm.Thumbprint;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** Keys: made, found, shown, dropped. */
final class KeyCalls {

    private final SqlCrypt provider;
    private final OpenSessions sessions;

    KeyCalls(SqlCrypt provider, OpenSessions sessions) {
        this.provider = provider;
        this.sessions = sessions;
    }

    void create(MessageReader request, MessageWriter reply) {
        CreateKey wanted = CreateKey.read(request);
        Thumbprint made = provider.createKey(
                sessions.require(wanted.session()), wanted.name(), wanted.algorithm(), KeyFlag.ofBits(wanted.flags()));
        reply.bytes(made.bytes().toByteArray());
    }

    void drop(MessageReader request, MessageWriter reply) {
        KeyThumbprint wanted = KeyThumbprint.read(request);
        provider.dropKey(sessions.require(wanted.session()), wanted.thumbprint());
    }

    void next(MessageReader request, MessageWriter reply) {
        KeyNumber wanted = KeyNumber.read(request);
        reply.u32(provider.nextKeyId(sessions.require(wanted.session()), wanted.keyId()));
    }

    void byId(MessageReader request, MessageWriter reply) {
        KeyNumber wanted = KeyNumber.read(request);
        write(provider.keyInfoByKeyId(sessions.require(wanted.session()), wanted.keyId()), reply);
    }

    void byThumbprint(MessageReader request, MessageWriter reply) {
        KeyThumbprint wanted = KeyThumbprint.read(request);
        write(provider.keyInfoByThumbprint(sessions.require(wanted.session()), wanted.thumbprint()), reply);
    }

    void byName(MessageReader request, MessageWriter reply) {
        KeyName wanted = KeyName.read(request);
        write(provider.keyInfoByName(sessions.require(wanted.session()), wanted.name()), reply);
    }

    private static void write(EkmKey key, MessageWriter reply) {
        reply.text(key.name())
                .bytes(key.thumbprint().bytes().toByteArray())
                .u32(key.algorithm().id())
                .u32(KeyFlag.bits(key.flags()));
    }

    void export(MessageReader request, MessageWriter reply) {
        KeyThumbprint wanted = KeyThumbprint.read(request);
        reply.bytes(provider.exportKey(
                sessions.require(wanted.session()), wanted.thumbprint(), Optional.empty(), BlobType.PUBLIC_KEY));
    }
}
