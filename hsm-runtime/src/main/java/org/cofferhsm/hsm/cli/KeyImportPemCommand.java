package org.cofferhsm.hsm.cli;

import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer key import pem}. */
final class KeyImportPemCommand extends SessionCommand {

    KeyImportPemCommand() {
        super("key import pem", "Store a public key from a PEM file");
    }

    @Override
    protected void declare(OptionSet options) {
        options.required("path", "FILE", "the PEM file")
                .required("label", "TEXT", "the key's label")
                .value("key-type-class", "NAME", "rsa-public, ec-public ...; checked against the file")
                .values("attributes", "NAME=VALUE", "attributes, as verify=true");
        Sharing.declare(options);
        super.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        Optional<KeyTypeClass> kind = invocation.find("key-type-class").map(KeyTypeClass::parse);
        kind.filter(named -> named.objectClass() != ObjectClass.PUBLIC_KEY).ifPresent(named -> {
            throw new UsageException(
                    "only public keys are imported in the clear; unwrap others by \"coffer key unwrap\"");
        });
        byte[] value = Pem.decodePublicKey(BinaryInput.read(invocation.path(invocation.get("path"))));
        Attributes attributes = Attributes.of(Attribute.CLASS, ObjectClass.PUBLIC_KEY)
                .with(Attribute.LABEL, invocation.get("label"))
                .withAll(AttributePairs.parse(invocation.all("attributes")));
        KeyId key = session.create(
                kind.map(named -> attributes.with(Attribute.KEY_TYPE, named.type()))
                        .orElse(attributes),
                value);
        Sharing.apply(invocation, session, key, List.of(key));
        return KeyAnswer.key(session, key);
    }
}
