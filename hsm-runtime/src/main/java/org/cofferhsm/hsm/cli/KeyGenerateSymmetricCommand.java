package org.cofferhsm.hsm.cli;

import java.util.List;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.NumberRange;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer key generate-symmetric …}: one subclass per type of key. */
abstract class KeyGenerateSymmetricCommand extends SessionCommand {

    KeyGenerateSymmetricCommand(String type, String summary) {
        super("key generate-symmetric " + type, summary);
    }

    @Override
    protected void declare(OptionSet options) {
        options.required("label", "TEXT", "the key's label")
                .required("key-length-bytes", "N", lengths())
                .values("attributes", "NAME=VALUE", "attributes, as wrap=true unwrap=true");
        Sharing.declare(options);
        super.declare(options);
    }

    /** Which lengths there are, in words. */
    abstract String lengths();

    abstract KeyTemplate template(int bits);

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        KeyTemplate template = template(invocation.number("key-length-bytes", NumberRange.SIZE) * 8)
                .labelled(invocation.get("label"))
                .withAll(AttributePairs.parse(invocation.all("attributes")));
        KeyId key = session.generate(template);
        Sharing.apply(invocation, session, key, List.of(key));
        return KeyAnswer.key(session, key);
    }
}
