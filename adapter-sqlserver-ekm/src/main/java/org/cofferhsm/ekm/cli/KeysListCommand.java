package org.cofferhsm.ekm.cli;

import java.util.List;
import java.util.Map;
import org.cofferhsm.ekm.EkmProvider;
import org.cofferhsm.ekm.ListedKey;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.command.Table;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer ekm keys list}. */
public final class KeysListCommand extends SessionCommand {

    public KeysListCommand() {
        super("ekm keys list", "List the keys that a credential reaches, dropped ones too");
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        List<ListedKey> keys = new EkmProvider(session).listing();
        return Answer.of(
                () -> Map.of("keys", keys.stream().map(KeysListCommand::fields).toList()),
                width -> keys.isEmpty()
                        ? List.of("no keys for EKM")
                        : table(keys).lines(width));
    }

    private static Table table(List<ListedKey> keys) {
        return Table.of(
                List.of("NAME", "ALGORITHM", "OWNER", "STATE", "THUMBPRINT"),
                keys.stream()
                        .map(listed -> List.of(
                                listed.key().name(),
                                listed.key().algorithm().tag(),
                                listed.owner(),
                                state(listed),
                                listed.key().thumbprint().toString()))
                        .toList());
    }

    private static Map<String, Object> fields(ListedKey listed) {
        return new Fields()
                .with("name", listed.key().name())
                .with("algorithm", listed.key().algorithm().tag())
                .with("owner", listed.owner())
                .with("state", state(listed))
                .with("thumbprint", listed.key().thumbprint().toString())
                .map();
    }

    private static String state(ListedKey listed) {
        return listed.dropped() ? "dropped" : "active";
    }
}
