package org.cofferhsm.hsm.pkcs11.calls;

import java.util.Optional;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyPairIds;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.pkcs11.terms.Algorithms;
import org.cofferhsm.hsm.pkcs11.terms.NewKeys;
import org.cofferhsm.hsm.pkcs11.wire.DeriveKey;
import org.cofferhsm.hsm.pkcs11.wire.GenerateKey;
import org.cofferhsm.hsm.pkcs11.wire.GenerateKeyPair;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.pkcs11.wire.Operation.Subject;
import org.cofferhsm.hsm.pkcs11.wire.UnwrapKey;
import org.cofferhsm.hsm.pkcs11.wire.WrapKey;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** Key management (PKCS#11 v3.1 §5.18). */
final class KeyCalls {

    private final Application application;

    KeyCalls(Application application) {
        this.application = application;
    }

    void addTo(CallTable calls) {
        calls.on(Operation.GENERATE_KEY, this::generate)
                .on(Operation.GENERATE_KEY_PAIR, this::generatePair)
                .on(Operation.WRAP_KEY, this::wrap)
                .on(Operation.UNWRAP_KEY, this::unwrap)
                .on(Operation.DERIVE_KEY, this::derive);
    }

    private void generate(MessageReader request, MessageWriter reply) {
        GenerateKey wanted = GenerateKey.read(request);
        Session user = application.user(wanted.session());
        KeyTemplate template = NewKeys.generated(wanted.mechanism(), wanted.template());
        CryptokiSession session = room(wanted.session(), template);
        reply.u64(adopted(session, user, user.generate(template)));
    }

    private void generatePair(MessageReader request, MessageWriter reply) {
        GenerateKeyPair wanted = GenerateKeyPair.read(request);
        Session user = application.user(wanted.session());
        KeyPairTemplate template = NewKeys.generated(wanted.mechanism(), wanted.publicKey(), wanted.privateKey());
        boolean token = template.publicKey().is(Attribute.TOKEN)
                || template.privateKey().is(Attribute.TOKEN);
        CryptokiSession session = application.room(wanted.session(), token);
        KeyPairIds pair = user.generate(template);
        reply.u64(adopted(session, user, pair.publicKey())).u64(adopted(session, user, pair.privateKey()));
    }

    private void wrap(MessageReader request, MessageWriter reply) {
        WrapKey wanted = WrapKey.read(request);
        Session user = application.user(wanted.session());
        KeyId wrapping = application.belongings().require(wanted.wrappingKey(), Subject.WRAPPING_KEY);
        KeyId key = application.visibleKey(user, wanted.key());
        reply.bytes(user.wrap(wrapping, key, Algorithms.of(wanted.mechanism())));
    }

    private void unwrap(MessageReader request, MessageWriter reply) {
        UnwrapKey wanted = UnwrapKey.read(request);
        Session user = application.user(wanted.session());
        KeyId unwrapping = application.belongings().require(wanted.unwrappingKey(), Subject.UNWRAPPING_KEY);
        KeyTemplate template = NewKeys.unwrapped(wanted.template());
        CryptokiSession session = room(wanted.session(), template);
        reply.u64(adopted(
                session, user, user.unwrap(unwrapping, wanted.wrapped(), Algorithms.of(wanted.mechanism()), template)));
    }

    private void derive(MessageReader request, MessageWriter reply) {
        DeriveKey wanted = DeriveKey.read(request);
        Session user = application.user(wanted.session());
        KeyId base = application.key(wanted.baseKey());
        KeyTemplate template = NewKeys.derived(wanted.template());
        CryptokiSession session = room(wanted.session(), template);
        Optional<Long> bytes = template.attributes().find(Attribute.VALUE_LENGTH);
        var algorithm = Algorithms.forDerivation(wanted.mechanism(), bytes.orElse(0L));
        reply.u64(adopted(session, user, user.derive(base, algorithm, template)));
    }

    private CryptokiSession room(long session, KeyTemplate template) {
        return application.room(session, template.attributes().is(Attribute.TOKEN));
    }

    private long adopted(CryptokiSession session, Session user, KeyId made) {
        application.adopt(session, made, user);
        return made.value();
    }
}
