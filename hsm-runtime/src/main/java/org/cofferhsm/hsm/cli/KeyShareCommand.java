package org.cofferhsm.hsm.cli;

import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer key share}. */
final class KeyShareCommand extends SessionCommand {

    KeyShareCommand() {
        super("key share", "Let another crypto user use a key");
    }

    @Override
    protected void declare(OptionSet options) {
        SharedWith.declare(options);
        super.declare(options);
    }

    @Override
    protected boolean usernameLogsIn() {
        return false;
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        SharedWith with = SharedWith.of(invocation);
        session.share(with.filter().one(session), with.user());
        return Answer.message("Key shared successfully");
    }
}
