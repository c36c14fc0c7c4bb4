package org.cofferhsm.hsm.cli;

import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.session.Session;

/** A command on a key and the other user who may use it: {@code --username} names that user, not who logs in. */
abstract class SharingCommand extends SessionCommand {

    SharingCommand(String words, String summary) {
        super(words, summary);
    }

    /** What is done. */
    abstract Answer answer(Session session, KeyId key, String user);

    @Override
    protected final void declare(OptionSet options) {
        options.requiredValues("filter", "FILTER", KeyFilter.SYNTAX)
                .required("username", "NAME", "the crypto user who may use the key")
                .value("role", "ROLE", "crypto-user; there is no other choice");
        super.declare(options);
    }

    @Override
    protected final boolean usernameLogsIn() {
        return false;
    }

    @Override
    protected final Answer answer(Invocation invocation, Session session) {
        invocation.find("role").filter(role -> !role.equals("crypto-user")).ifPresent(role -> {
            throw new UsageException("keys are shared with users of the role crypto-user, not " + role);
        });
        KeyId key = KeyFilter.of(invocation, "filter").one(session);
        return answer(session, key, invocation.get("username"));
    }
}
