package org.cofferhsm.hsm.cli;

import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.Table;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.user.UserInfo;

/** {@code coffer user list}. */
final class UserListCommand extends UserCommand {

    UserListCommand() {
        super("user list", "List the users");
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        List<UserInfo> users = session.users().list();
        return Answer.of(
                () -> Map.of(
                        "users", users.stream().map(UserListCommand::fields).toList()),
                width -> Table.of(
                                List.of("USER", "ROLE", "LOCKED"),
                                users.stream().map(UserListCommand::row).toList())
                        .lines(width));
    }

    /** CloudHSM writes {@code locked} as a string. */
    private static Map<String, Object> fields(UserInfo user) {
        return new Fields()
                .with("username", user.name())
                .with("role", user.role().toString())
                .with("locked", String.valueOf(user.locked()))
                .with("mfa", List.of())
                .with("quorum", List.of())
                .with("cluster-coverage", "full")
                .map();
    }

    private static List<String> row(UserInfo user) {
        return List.of(user.name(), user.role().toString(), user.locked() ? "yes" : "no");
    }
}
