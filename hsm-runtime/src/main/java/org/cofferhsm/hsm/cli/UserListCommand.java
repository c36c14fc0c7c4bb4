package org.cofferhsm.hsm.cli;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
                width -> table(users).lines(width));
    }

    /** With a column more while somebody has an old PIN. */
    private static Table table(List<UserInfo> users) {
        boolean old = users.stream().anyMatch(user -> user.oldPinUntil().isPresent());
        Stream<String> headings = Stream.of("USER", "ROLE", "LOCKED");
        return Table.of(
                old ? Stream.concat(headings, Stream.of("OLD PIN GOOD UNTIL")).toList() : headings.toList(),
                users.stream().map(user -> row(user, old)).toList());
    }

    /** CloudHSM writes {@code locked} as a string. */
    private static Map<String, Object> fields(UserInfo user) {
        Fields fields = new Fields()
                .with("username", user.name())
                .with("role", user.role().toString())
                .with("locked", String.valueOf(user.locked()))
                .with("mfa", List.of())
                .with("quorum", List.of())
                .with("cluster-coverage", "full");
        user.oldPinUntil().ifPresent(time -> fields.with("old-password-valid-until", time.toString()));
        return fields.map();
    }

    private static List<String> row(UserInfo user, boolean old) {
        Stream<String> cells = Stream.of(user.name(), user.role().toString(), user.locked() ? "yes" : "no");
        String until = user.oldPinUntil().map(Instant::toString).orElse("");
        return old ? Stream.concat(cells, Stream.of(until)).toList() : cells.toList();
    }
}
