package org.cofferhsm.hsm.command;

import java.util.Optional;
import org.cofferhsm.hsm.access.ModuleAccess;
import org.cofferhsm.hsm.session.Session;

/** A command that a user logs in for. */
public abstract class SessionCommand extends AccessCommand {

    public SessionCommand(String words, String summary) {
        super(words, summary);
    }

    @Override
    protected void declare(OptionSet options) {
        Login.declare(options);
        if (usernameLogsIn()) {
            options.value("username", "USER", "the same as --as");
        }
        super.declare(options);
    }

    /** Whether {@code --username} says who logs in; in CloudHSM's commands on users it names the user concerned. */
    protected boolean usernameLogsIn() {
        return true;
    }

    @Override
    protected final Answer answer(Invocation invocation, ModuleAccess module) {
        try (Session session = new Login(invocation, user(invocation)).open(module)) {
            return answer(invocation, session);
        }
    }

    private Optional<String> user(Invocation invocation) {
        Optional<String> user = invocation.find("as");
        return usernameLogsIn() ? user.or(() -> invocation.find("username")) : user;
    }

    /** Does the work in the session; what the answer shows has to be read before this returns. */
    protected abstract Answer answer(Invocation invocation, Session session);
}
