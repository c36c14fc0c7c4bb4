package org.cofferhsm.hsm.cli;

import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer crypto verify …}: one command per scheme. */
final class CryptoVerifyCommand extends SessionCommand {

    private final SignatureScheme scheme;

    CryptoVerifyCommand(SignatureScheme scheme) {
        super("crypto verify " + scheme.text(), "Check a signature: " + scheme.description());
        this.scheme = scheme;
    }

    @Override
    protected void declare(OptionSet options) {
        options.requiredValues("key-filter", "FILTER", "the public key: " + KeyFilter.SYNTAX);
        BinaryInput.declare(options, "data", "what was signed");
        BinaryInput.declare(options, "signature", "the signature");
        scheme.declare(options);
        super.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        byte[] data = BinaryInput.of(invocation, "data");
        byte[] signature = BinaryInput.of(invocation, "signature");
        KeyId key = KeyFilter.of(invocation, "key-filter").one(session, ObjectClass.PUBLIC_KEY);
        return session.verify(key, scheme.algorithm(invocation), data, signature)
                ? Answer.message("Signature verified successfully")
                : Answer.failure("Signature verification failed");
    }
}
