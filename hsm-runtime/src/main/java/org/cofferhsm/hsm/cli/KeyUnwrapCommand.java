package org.cofferhsm.hsm.cli;

import java.nio.ByteBuffer;
import java.util.List;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer key unwrap …}: one command per mechanism. */
final class KeyUnwrapCommand extends SessionCommand {

    private final WrapMechanism mechanism;

    KeyUnwrapCommand(WrapMechanism mechanism) {
        super("key unwrap " + mechanism.text(), "Store a wrapped key: " + mechanism.description());
        this.mechanism = mechanism;
    }

    @Override
    protected void declare(OptionSet options) {
        options.requiredValues("filter", "FILTER", "the key to unwrap it with: " + KeyFilter.SYNTAX)
                .required("label", "TEXT", "the new key's label")
                .required("key-type-class", "NAME", "aes, generic-secret, rsa-private, ec-private ...");
        BinaryInput.declare(options, "data", "the wrapped key");
        if (mechanism == WrapMechanism.AES_GCM) {
            options.required("iv", "HEX", "the IV that it was wrapped with");
        }
        options.values("attributes", "NAME=VALUE", "attributes of the new key, as sign=true");
        mechanism.declare(options);
        Sharing.declare(options);
        super.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        KeyTemplate template = template(invocation);
        KeyId unwrapping = KeyFilter.of(invocation, "filter").one(session, mechanism.unwrapsWith());
        KeyId key = session.unwrap(unwrapping, wrapped(invocation), mechanism.algorithm(invocation), template);
        Sharing.apply(invocation, session, key, List.of(key));
        return KeyAnswer.key(session, key);
    }

    private static KeyTemplate template(Invocation invocation) {
        KeyTypeClass kind = KeyTypeClass.parse(invocation.get("key-type-class"));
        if (kind.objectClass() == ObjectClass.PUBLIC_KEY) {
            throw new UsageException("public keys are not wrapped; import them by \"coffer key import pem\"");
        }
        return new KeyTemplate(Attributes.of(Attribute.CLASS, kind.objectClass())
                .with(Attribute.KEY_TYPE, kind.type())
                .with(Attribute.LABEL, invocation.get("label"))
                .withAll(AttributePairs.parse(invocation.all("attributes"))));
    }

    private byte[] wrapped(Invocation invocation) {
        byte[] data = BinaryInput.of(invocation, "data");
        if (mechanism != WrapMechanism.AES_GCM) {
            return data;
        }
        Octets iv = BinaryInput.hex(invocation, "iv");
        if (iv.length() != WrapMechanism.IV_BYTES) {
            throw new UsageException("--iv takes " + WrapMechanism.IV_BYTES + " bytes, not " + iv.length());
        }
        return ByteBuffer.allocate(iv.length() + data.length)
                .put(iv.toByteArray())
                .put(data)
                .array();
    }
}
