package org.cofferhsm.hsm.cli;

import java.util.Map;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.SessionCommand;

/** A command on users, where {@code --username} names the user concerned and {@code --as} says who logs in. */
abstract class UserCommand extends SessionCommand {

    UserCommand(String words, String summary) {
        super(words, summary);
    }

    @Override
    protected final boolean usernameLogsIn() {
        return false;
    }

    static Answer done(String name, String role, String text) {
        return Answer.sentence(() -> Map.of("username", name, "role", role), text);
    }
}
