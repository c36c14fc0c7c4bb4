package org.cofferhsm.hsm.cli;

import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.NumberRange;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer key list}. */
final class KeyListCommand extends SessionCommand {

    KeyListCommand() {
        super("key list", "List keys, certificates and data objects");
    }

    @Override
    protected void declare(OptionSet options) {
        options.values("filter", "FILTER", KeyFilter.SYNTAX)
                .flag("verbose", "show every attribute")
                .value("max-items", "N", "show at most so many")
                .value("starting-token", "TOKEN", "go on where the last list ended (its next_token)");
        super.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        List<ObjectInfo> all = KeyFilter.of(invocation, "filter").in(session).list();
        long start = invocation
                .find("starting-token")
                .map(KeyId::parse)
                .map(KeyId::value)
                .orElse(0L);
        List<ObjectInfo> rest =
                all.stream().filter(object -> object.id().value() >= start).toList();
        int shown = Math.min(
                rest.size(),
                invocation.findNumber("max-items", NumberRange.POSITIVE).orElse(Integer.MAX_VALUE));
        return new Page(all.size(), rest, shown).answer(invocation.has("verbose"));
    }

    /** The objects that are shown, and what comes after them. */
    private record Page(int total, List<ObjectInfo> rest, int shown) {

        Answer answer(boolean verbose) {
            List<ObjectInfo> objects = rest.subList(0, shown);
            return Answer.of(() -> data(objects, verbose), width -> {
                if (objects.isEmpty()) {
                    return List.of("No keys.");
                }
                return verbose ? KeyTable.full(objects, width) : KeyTable.brief(objects, width);
            });
        }

        private Map<String, Object> data(List<ObjectInfo> objects, boolean verbose) {
            Fields fields = new Fields()
                    .with(
                            "matched_keys",
                            objects.stream()
                                    .map(KeyReport::new)
                                    .map(report -> verbose ? report.full() : report.brief())
                                    .toList())
                    .with("total_key_count", total)
                    .with("returned_key_count", shown);
            if (shown < rest.size()) {
                fields.with("next_token", rest.get(shown).id().toString());
            }
            return fields.map();
        }
    }
}
