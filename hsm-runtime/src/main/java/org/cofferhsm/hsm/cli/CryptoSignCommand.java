package org.cofferhsm.hsm.cli;

import java.util.Base64;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer crypto sign …}: one command per scheme. */
final class CryptoSignCommand extends SessionCommand {

    private final SignatureScheme scheme;

    CryptoSignCommand(SignatureScheme scheme) {
        super("crypto sign " + scheme.text(), "Sign: " + scheme.description());
        this.scheme = scheme;
    }

    @Override
    protected void declare(OptionSet options) {
        options.requiredValues("key-filter", "FILTER", "the private key: " + KeyFilter.SYNTAX);
        BinaryInput.declare(options, "data", "what to sign");
        scheme.declare(options);
        super.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        byte[] data = BinaryInput.of(invocation, "data");
        KeyId key = KeyFilter.of(invocation, "key-filter").one(session, ObjectClass.PRIVATE_KEY);
        String signature = Base64.getEncoder().encodeToString(session.sign(key, scheme.algorithm(invocation), data));
        return Answer.sentence(
                () -> new Fields()
                        .with("key-reference", key.toString())
                        .with("signature", signature)
                        .map(),
                signature);
    }
}
