package org.cofferhsm.hsm.cli;

import java.util.List;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer key set-attribute}. */
final class KeySetAttributeCommand extends SessionCommand {

    KeySetAttributeCommand() {
        super("key set-attribute", "Change an attribute of a key");
    }

    @Override
    protected void declare(OptionSet options) {
        options.requiredValues("filter", "FILTER", KeyFilter.SYNTAX)
                .required("name", "NAME", "the attribute")
                .required("value", "VALUE", "its new value");
        super.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        Attributes change = AttributePairs.parse(List.of(invocation.get("name") + "=" + invocation.get("value")));
        session.change(KeyFilter.of(invocation, "filter").one(session), change);
        return Answer.message("Attribute set successfully");
    }
}
